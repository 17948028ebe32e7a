/** Finds a pattern in a text that comes in pieces; what lies across two pieces is found once. */
export class PieceSearch {
  readonly #pattern: RegExp
  readonly #longest: number
  #rest = ''

  /** A match of more than `longest` characters may be missed where two pieces meet. */
  constructor(pattern: RegExp, longest: number) {
    this.#pattern = pattern
    this.#longest = longest
  }

  *matches(piece: string): Iterable<RegExpExecArray> {
    const text = this.#rest + piece
    let done = 0
    for (const match of text.matchAll(this.#pattern)) {
      done = match.index + match[0].length
      yield match
    }
    this.#rest = text.slice(Math.max(done, text.length - this.#longest))
  }
}
