import { AppError } from '#lib/vocabulary/errors.ts'
import type { ScanLimits } from './scan-limits.ts'

/** Far more than the document type of a real file. */
const MAX_BYTES = 16 * 1024
const MAX_ENTITIES = 100
/** An entity for a short text without other entities or markup. */
const PLAIN = /<!ENTITY\s+[\w.:-]+\s+(?:"([^"&%<]{0,256})"|'([^'&%<]{0,256})')\s*>/g

/** Reads `<!DOCTYPE …>` byte by byte, from after that word to its end. */
export class Doctype {
  readonly #limits: ScanLimits
  readonly #bytes = Buffer.allocUnsafe(MAX_BYTES)
  #length = 0
  /** The ends of the open constructs: quote, comment, instruction, declaration, or the list in brackets. */
  readonly #open: string[] = []
  /** Where the innermost one began: `<!-->` begins a comment and does not end it. */
  #since = 0

  constructor(limits: ScanLimits) {
    this.#limits = limits
  }

  /**
   * Reads a byte; true when it was the last one.
   * @throws AppError `xml_entities` beyond the maximum length
   */
  push(byte: number): boolean {
    if (this.#length === MAX_BYTES) throw entities('a document type of many kilobytes')
    this.#bytes[this.#length++] = byte
    const end = this.#open.at(-1)
    if (end === undefined || end === ']' || end === '>')
      return this.#pushOutside(end, String.fromCharCode(byte))
    if (this.#length >= this.#since + end.length && this.#endsWith(end)) this.#open.pop()
    return false
  }

  /**
   * Refuses dangerous entities. `bytes` is the size of the whole text.
   * @throws AppError `xml_entities`
   */
  judge(bytes: number): void {
    const text = this.#bytes.toString('latin1', 0, this.#length)
    const count = text.match(/<!ENTITY/gi)?.length ?? 0
    if (count === 0) return
    // Illustrator declares its namespaces this way. They are many and harmless.
    const plain = [...text.matchAll(PLAIN)]
    const isDrawing = /^\s*(\w+:)?svg\b/.test(text)
    if (!isDrawing || plain.length !== count || count > MAX_ENTITIES) throw entities(text)
    const longest = Math.max(...plain.map(([, double, single]) => (double ?? single ?? '').length))
    // `&a;` is the shortest reference.
    if ((longest * bytes) / 3 > this.#limits.expandedBytes) throw entities('short names for long texts')
  }

  #pushOutside(end: string | undefined, last: string): boolean {
    if (last === end) {
      this.#open.pop()
      return false
    }
    if (last === '>') return end === undefined
    if (last === '"' || last === "'") this.#enter(last)
    else if (last === '[' && end === undefined) this.#enter(']')
    else if (end === ']' && this.#endsWith('<!')) this.#enter('>')
    else if (end === ']' && this.#endsWith('<?')) this.#enter('?>')
    else if (end === '>' && this.#endsWith('<!--')) {
      this.#open.pop()
      this.#enter('-->')
    }
    return false
  }

  #endsWith(letters: string): boolean {
    const begin = this.#length - letters.length
    return begin >= 0 && this.#bytes.toString('latin1', begin, this.#length) === letters
  }

  #enter(end: string): void {
    this.#open.push(end)
    this.#since = this.#length
  }
}

/** The refusal of a document's entities; `what` is for the log. */
export function entities(what: string): AppError {
  return new AppError('xml_entities', { log: what.slice(0, 300) })
}
