const NONE: readonly RegExpExecArray[] = []

/** Searches a text that arrives in pieces; a match across two pieces is found once. */
export class PieceSearch {
  readonly #pattern: RegExp
  readonly #longest: number
  readonly #signs: readonly string[]
  /** The end of the previous pieces, after the last match. */
  #rest = ''

  /**
   * A match of more than `longest` characters may be missed where two pieces meet. Where `signs` are given, every match
   * contains one of them: searching for these first takes a fraction of the time.
   */
  constructor(pattern: RegExp, longest: number, signs: readonly string[] = []) {
    this.#pattern = pattern
    this.#longest = longest
    this.#signs = signs
  }

  matches(piece: string): Iterable<RegExpExecArray> {
    if (this.#mayMatch(piece)) return this.#search(piece)
    this.#rest = (piece.length < this.#longest ? this.#rest + piece : piece).slice(-this.#longest)
    return NONE
  }

  /** Whether there is a match; the search ends after the first. */
  isIn(piece: string): boolean {
    for (const _ of this.matches(piece)) return true
    return false
  }

  #mayMatch(piece: string): boolean {
    if (this.#signs.length === 0) return true
    const seam = this.#rest === '' ? '' : this.#rest + piece.slice(0, this.#longest)
    return this.#signs.some(sign => piece.includes(sign) || seam.includes(sign))
  }

  *#search(piece: string): Iterable<RegExpExecArray> {
    const [rest, longest] = [this.#rest, this.#longest]
    // Only the ends of two pieces are joined: copying all takes as long as the search.
    const isShort = rest !== '' && piece.length <= 2 * longest
    const seam = rest === '' ? '' : rest + (isShort ? piece : piece.slice(0, 2 * longest))
    const end = isShort ? seam.length : rest.length + longest
    let done = rest === '' ? 0 : -rest.length
    for (const match of this.#from(seam, 0)) {
      if (match.index >= end) break
      done = match.index + match[0].length - rest.length
      yield match
    }
    if (isShort) {
      this.#rest = seam.slice(Math.max(done + rest.length, seam.length - longest))
      return
    }
    for (const match of this.#from(piece, rest === '' ? 0 : Math.max(done, longest))) {
      done = match.index + match[0].length
      yield match
    }
    this.#rest = piece.slice(Math.max(done, piece.length - longest))
  }

  *#from(text: string, start: number): Iterable<RegExpExecArray> {
    let at = start
    for (;;) {
      this.#pattern.lastIndex = at
      const match = this.#pattern.exec(text)
      if (!match) return
      at = match.index + match[0].length
      yield match
    }
  }
}
