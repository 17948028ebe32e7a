import { isUtf8 } from 'node:buffer'

/** From this many invalid bytes, and fewer valid characters, it is not UTF-8, whatever follows. */
const ENOUGH_WRONG = 10_000

/** Counts valid UTF-8 characters and invalid bytes; a character may be split between two chunks. */
export class Utf8Counter {
  letters = 0
  wrong = 0
  /** The bytes that the current character still lacks. */
  #lacking = 0

  get isInLetter(): boolean {
    return this.#lacking > 0
  }

  push(chunk: Buffer): void {
    if (this.wrong > ENOUGH_WRONG && this.letters < this.wrong) return
    const begin = this.isInLetter ? chunk.findIndex(byte => !isFollower(byte)) : 0
    const rest = chunk.subarray(begin < 0 ? chunk.length : begin)
    this.#count(chunk.subarray(0, chunk.length - rest.length))
    const end = lastBeginning(rest)
    const whole = rest.subarray(0, end)
    // By far the fastest check, and true for most texts.
    if (!this.isInLetter && isUtf8(whole)) this.letters += beginningsIn(whole)
    else this.#count(whole)
    this.#count(rest.subarray(end))
  }

  #count(chunk: Buffer): void {
    let { letters, wrong } = this
    let lacking = this.#lacking
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at] as number
      if (lacking > 0) {
        if (isFollower(byte)) {
          if (--lacking === 0) letters++
          continue
        }
        // The start of the character was invalid; this byte may start another one.
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

const isFollower = (byte: number) => (byte & 0xc0) === 0x80

/** The start of the last multi-byte character, if it may be split; otherwise the end. */
function lastBeginning(chunk: Buffer): number {
  for (let at = chunk.length - 1; at >= Math.max(0, chunk.length - 3); at--)
    if ((chunk[at] as number) >= 0xc0) return at
  return chunk.length
}

/** The number of multi-byte characters in valid UTF-8. */
function beginningsIn(chunk: Buffer): number {
  let count = 0
  for (let at = 0; at < chunk.length; at++) count += (chunk[at] as number) >= 0xc0 ? 1 : 0
  return count
}

/** How many bytes follow the first byte of a character; 0 for a byte that starts none. */
function followers(byte: number): number {
  if (byte < 0xc2 || byte > 0xf4) return 0
  return byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3
}
