import { type Flags, noteClickable, noteLink } from './flags.ts'

const SEAM_BYTES = 1024
/** To click on, and out of the document: with an address, and not only with a bookmark. Pictures have relationships. */
const IN_PACKAGE = /(?:instr="|<w:instrText[^>]{0,60}>)\s*(HYPERLINK\s+(?:"|&quot;))/g
/** The same in RTF and DOC, and pictures whose bytes are not kept in the document (`\d`). */
const IN_OLD_FORMATS =
  /\\fldinst[^"}]{0,200}?(?:(HYPERLINK\s+")|INCLUDEPICTURE\s+(?:\\{1,2}d\s+"([^"]{0,500})|"([^"]{0,500})"[^}]{0,100}?\\d))/g

/** Finds fields of DOCX, RTF and DOC that lead to other files or addresses, chunk by chunk. */
export class FieldFinder {
  readonly #flags: Flags
  readonly #field: RegExp
  #rest = ''

  constructor(flags: Flags, isInPackage: boolean) {
    this.#flags = flags
    this.#field = isInPackage ? IN_PACKAGE : IN_OLD_FORMATS
  }

  push(chunk: Buffer): void {
    const text = this.#rest + plain(chunk)
    let done = 0
    for (const match of text.matchAll(this.#field)) {
      done = match.index + match[0].length
      const [, clickable, first = '', second = first] = match
      if (clickable) noteClickable(this.#flags)
      else noteLink(this.#flags, second)
    }
    this.#rest = text.slice(Math.max(done, text.length - SEAM_BYTES))
  }
}

/** DOC keeps a text in one byte a letter or in two; its fields begin and end with marks for which RTF has words. */
function plain(chunk: Buffer): string {
  const text = chunk.toString('latin1').replaceAll('\0', '')
  return text.replaceAll('\x13', '\\fldinst ').replaceAll('\x14', '}')
}
