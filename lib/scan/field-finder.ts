import { type Flags, noteClickable, noteLink } from './flags.ts'
import { PieceSearch } from './piece-search.ts'

const LONGEST = 1024

const ASKS_ELSE =
  '(?:"|&quot;)(?:address|col|color|contents|format|parentheses|prefix|protect|row|type|width)(?:"|&quot;)'
/** The pattern of a formula of Excel that may tell where the file lies: it asks for that, or what for stands elsewhere. */
export const ASKS_FILE_NAME = `\\bCELL\\(\\s*(?!\\s|${ASKS_ELSE}\\s*[,)])`

/**
 * The first group is a link to click on: one with an address, and not only with a place in the document. The second is
 * a field or formula that prints how the file is called. A field of the times of a file is `dated`.
 */
const FIELDS = {
  word: /(?:instr="|<w:instrText[^>]{0,60}>)\s*(?:(HYPERLINK\s+(?:"|&quot;))|(FILENAME\b)|(?<dated>(?:SAVE|CREATE|PRINT)DATE\b))/g,
  /** As Excel and as OpenDocument write a formula: within an element, within an attribute. `&Z` is the path in a footer. */
  sheet: new RegExp(`(HYPERLINK\\(\\s*(?:"|&quot;))(?!#)|(&amp;Z|${ASKS_FILE_NAME})`, 'g'),
  openDocument: /(HYPERLINK\(\s*&quot;)(?!#)|(<text:file-name\b|\bCELL\(\s*&quot;filename)/gi,
  /** RTF and DOC, and there pictures whose bytes the document does not keep (`\d`). */
  old: /\\fldinst[^"}]{0,200}?(?:(HYPERLINK\s+")|(FILENAME\b)|INCLUDEPICTURE\s+(?:\\{1,2}d\s+"([^"]{0,500})|"([^"]{0,500})"[^}]{0,100}?\\d))/g,
}

/** What is rare in a document and in all that is found, as short as a search for it is fast. */
const SIGNS: Readonly<Record<keyof typeof FIELDS, readonly string[]>> = {
  word: ['YPERL', 'FILEN', 'DATE'],
  sheet: ['YPERL', '&amp;Z', 'CELL('],
  openDocument: ['&quot;', ':file-'],
  old: ['\\fldi'],
}

/** The pattern of what stands before the first word of an instruction in RTF, and in DOC as `withFieldNames` shows it. */
export const OLD_INSTRUCTION = '\\\\fldinst(?:[\\s{}]|\\\\[a-z]{1,32}-?\\d{0,10}|\\\\\\*){0,80}'

/** Finds fields and formulas that lead to other files or addresses, piece by piece. */
export class FieldFinder {
  readonly #flags: Flags
  readonly #fields: PieceSearch

  constructor(flags: Flags, kind: keyof typeof FIELDS) {
    this.#flags = flags
    this.#fields = new PieceSearch(FIELDS[kind], LONGEST, SIGNS[kind])
  }

  read(piece: string): void {
    for (const match of this.#fields.matches(piece)) {
      const [, clickable, named, first, second = ''] = match
      if (match.groups?.dated) this.#flags.fileDates = true
      else if (clickable) noteClickable(this.#flags)
      else if (named) this.#flags.fileNames = true
      else noteLink(this.#flags, first ?? second)
    }
  }
}

/** DOC keeps a letter in one byte or in two; its fields begin and end with marks for which RTF has words. */
export function withFieldNames(piece: string): string {
  return piece.replaceAll('\0', '').replaceAll('\x13', '\\fldinst ').replaceAll('\x14', '}')
}
