/** With so many, and fewer letters, it is not UTF-8, however many more there are. */
const ENOUGH_WRONG = 10_000

/** Tells letters of UTF-8 from bytes that it cannot have; a letter may be cut between two chunks. */
export class Utf8Counter {
  letters = 0
  wrong = 0
  /** Bytes that the letter begun still lacks. */
  #lacking = 0

  get isInLetter(): boolean {
    return this.#lacking > 0
  }

  push(chunk: Buffer): void {
    if (this.wrong > ENOUGH_WRONG && this.letters < this.wrong) return
    let { letters, wrong } = this
    let lacking = this.#lacking
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at] as number
      if (lacking > 0) {
        if ((byte & 0xc0) === 0x80) {
          if (--lacking === 0) letters++
          continue
        }
        // Its beginning was wrong; this one may be another's.
        wrong++
        lacking = 0
      }
      if (byte < 0x80) continue
      lacking = followers(byte)
      if (lacking === 0) wrong++
    }
    this.letters = letters
    this.wrong = wrong
    this.#lacking = lacking
  }

  end(): void {
    if (this.isInLetter) this.wrong++
    this.#lacking = 0
  }
}

/** How many bytes follow the first one of a letter; 0 where it is none. */
function followers(byte: number): number {
  if (byte < 0xc2 || byte > 0xf4) return 0
  return byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3
}
