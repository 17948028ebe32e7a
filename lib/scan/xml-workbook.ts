import { note } from '../vocabulary/notes.ts'
import { addNote, type Flags } from './flags.ts'
import { PieceSearch } from './piece-search.ts'

const LONGEST = 64
/**
 * The groups, in order: a link on a cell, a comment, a formula or footer that prints the file's path, a hidden sheet.
 */
const FOUND =
  /([\s:]HRef=["'])|(<(?:\w+:)?Comment[\s/>])|(\bCELL\(\s*(?:"|&quot;)filename|&amp;Z)|(<Visible>Sheet(?:Very)?Hidden<)/gi

/** Finds what LibreOffice does not import from an Excel 2003 XML workbook, and what prints a path, piece by piece. */
export class XmlWorkbook {
  readonly #flags: Flags
  readonly #found = new PieceSearch(FOUND, LONGEST)

  constructor(flags: Flags) {
    this.#flags = flags
  }

  read(piece: string): void {
    for (const [, link, comment, place] of this.#found.matches(piece)) {
      if (place) {
        this.#flags.fileNames = true
        continue
      }
      const code = link ? 'cell_links_lost' : comment ? 'cell_comments_lost' : 'hidden_sheet_shown'
      addNote(this.#flags, note(code))
    }
  }
}
