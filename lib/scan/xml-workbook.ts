import { note } from '../notes.ts'
import { addNote, type Flags } from './flags.ts'
import { PieceSearch } from './piece-search.ts'

const LONGEST = 64
/** The groups in turn: a link on a cell, a comment, a sheet that is hidden. */
const LEFT_OUT = /([\s:]HRef=["'])|(<(?:\w+:)?Comment[\s/>])|(<Visible>Sheet(?:Very)?Hidden<)/g

/** Finds what LibreOffice does not take from an Excel 2003 XML workbook, piece by piece. */
export class XmlWorkbook {
  readonly #flags: Flags
  readonly #found = new PieceSearch(LEFT_OUT, LONGEST)

  constructor(flags: Flags) {
    this.#flags = flags
  }

  read(piece: string): void {
    for (const [, link, comment] of this.#found.matches(piece)) {
      const code = link ? 'cell_links_lost' : comment ? 'cell_comments_lost' : 'hidden_sheet_shown'
      addNote(this.#flags, note(code))
    }
  }
}
