/** Searches chunks for a short string, such as the end of a comment. */
export class Ending {
  readonly #letters: string
  /** The last bytes of the previous chunk, where the string may have begun. */
  #tail = ''

  constructor(letters: string) {
    this.#letters = letters
  }

  /** The offset in the chunk right after the string; undefined where it has not come yet. */
  find(chunk: Buffer, from: number): number | undefined {
    const reach = this.#letters.length - 1
    const inSeam = (this.#tail + chunk.toString('latin1', from, from + reach)).indexOf(this.#letters)
    if (inSeam >= 0) return from + inSeam - this.#tail.length + this.#letters.length
    const found = chunk.indexOf(this.#letters, from)
    if (found >= 0) return found + this.#letters.length
    const last = this.#tail + chunk.toString('latin1', Math.max(from, chunk.length - reach))
    this.#tail = last.slice(Math.max(0, last.length - reach))
    return undefined
  }
}
