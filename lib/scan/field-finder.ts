import { type Flags, noteClickable, noteLink } from './flags.ts'
import { PieceSearch } from './piece-search.ts'

const LONGEST = 1024

const ASKS_ELSE =
  '(?:"|&quot;)(?:address|col|color|contents|format|parentheses|prefix|protect|row|type|width)(?:"|&quot;)'
/**
 * The pattern of an Excel formula that may print the file's path: one that asks for the path, or whose argument is not
 * a literal.
 */
export const ASKS_FILE_NAME = `\\bCELL\\(\\s*(?!\\s|${ASKS_ELSE}\\s*[,)])`

/**
 * The first group is a clickable link with an address, not just an anchor in the document. The second is a field or
 * formula that prints the file's name. A field with a file time is `dated`.
 */
const FIELDS = {
  word: /(?:instr="|<w:instrText[^>]{0,60}>)\s*(?:(HYPERLINK\s+(?:"|&quot;))|(FILENAME\b)|(?<dated>(?:SAVE|CREATE|PRINT)DATE\b))/g,
  /**
   * Formulas as Excel writes them within an element, and OpenDocument within an attribute. `&Z` is the path in a
   * footer.
   */
  sheet: new RegExp(`(HYPERLINK\\(\\s*(?:"|&quot;))(?!#)|(&amp;Z|${ASKS_FILE_NAME})`, 'g'),
  openDocument: /(HYPERLINK\(\s*&quot;)(?!#)|(<text:file-name\b|\bCELL\(\s*&quot;filename)/gi,
  /** RTF and DOC, including pictures whose bytes are not in the document (`\d`). */
  old: /\\fldinst[^"}]{0,200}?(?:(HYPERLINK\s+")|(FILENAME\b)|INCLUDEPICTURE\s+(?:\\{1,2}d\s+"([^"]{0,500})|"([^"]{0,500})"[^}]{0,100}?\\d))/g,
}

/** Short strings that are rare in documents and that every match contains, for a fast search. */
const SIGNS: Readonly<Record<keyof typeof FIELDS, readonly string[]>> = {
  word: ['YPERL', 'FILEN', 'DATE'],
  sheet: ['YPERL', '&amp;Z', 'CELL('],
  openDocument: ['&quot;', ':file-'],
  old: ['\\fldi'],
}

/**
 * The pattern of the part before the first word of a field instruction in RTF, and in DOC as `withFieldNames` converts
 * it.
 */
export const OLD_INSTRUCTION = '\\\\fldinst(?:[\\s{}]|\\\\[a-z]{1,32}-?\\d{0,10}|\\\\\\*){0,80}'

/** Finds fields and formulas that refer to other files or addresses, piece by piece. */
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

/**
 * DOC stores a character in one byte or two and marks fields with control characters; this converts them to the words
 * of RTF.
 */
export function withFieldNames(piece: string): string {
  return piece.replaceAll('\0', '').replaceAll('\x13', '\\fldinst ').replaceAll('\x14', '}')
}
