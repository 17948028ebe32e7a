/** Statistics on the bytes of a text from which its character set is detected, collected chunk by chunk. */
import { isAscii } from 'node:buffer'
import { breakBefore } from './breaks.ts'
import { Utf8Counter } from './utf8-counter.ts'

export interface Surveyed {
  isAscii: boolean
  /** Multi-byte characters of UTF-8. */
  utf8Letters: number
  /** Bytes that are invalid in UTF-8. */
  notUtf8: number
  /** It contains the escape sequences with which ISO-2022-JP begins Japanese text. */
  hasShifts: boolean
  /** Lines that end in a lone carriage return. */
  hasLoneReturns: boolean
  /** The surroundings of bytes outside ASCII, from all parts of the text. */
  sample: Buffer
}

const STRETCHES = 64
const STRETCH_BYTES = 256
/** How far back to search for a character boundary. */
const BACK_BYTES = 1024
const SEAM = Buffer.from('\n')
const [LINE_FEED, RETURN] = [0x0a, 0x0d]
const SHIFTS = [Buffer.from('\x1b$B'), Buffer.from('\x1b$@')]

/** Receives all bytes of a text, chunk by chunk. */
export class ByteSurvey {
  /** The text is divided into stretches of this length, and a sample is taken from each. */
  readonly #stretchLength: number
  readonly #stretchBytes: number
  readonly #stretches: Buffer[] = []
  readonly #utf8 = new Utf8Counter()
  #position = 0
  /** The offset from which the next sample is taken. */
  #wanted = 0
  #isAscii = true
  #hasShifts = false
  #hasLoneReturns = false
  #endsInReturn = false

  /** `size` is the size of the whole text, in bytes. */
  constructor(size: number) {
    const isShort = size <= STRETCHES * STRETCH_BYTES
    this.#stretchLength = isShort ? size : size / STRETCHES
    this.#stretchBytes = isShort ? size : STRETCH_BYTES
  }

  push(chunk: Buffer): void {
    this.#findReturns(chunk)
    this.#hasShifts ||= SHIFTS.some(shift => chunk.includes(shift))
    const hasOthers = !isAscii(chunk)
    if (hasOthers || this.#utf8.isInLetter) this.#utf8.push(chunk)
    if (hasOthers) this.#take(chunk)
    this.#isAscii &&= !hasOthers
    this.#position += chunk.length
  }

  end(): Surveyed {
    this.#utf8.end()
    return {
      isAscii: this.#isAscii,
      utf8Letters: this.#utf8.letters,
      notUtf8: this.#utf8.wrong,
      hasShifts: this.#hasShifts,
      hasLoneReturns: this.#hasLoneReturns || this.#endsInReturn,
      sample: Buffer.concat(this.#stretches.flatMap(stretch => [stretch, SEAM])),
    }
  }

  /** Two carriage returns before a line feed come from a line end that was converted twice. */
  #findReturns(chunk: Buffer): void {
    let at = this.#endsInReturn ? 0 : chunk.indexOf(RETURN)
    while (at >= 0 && !this.#hasLoneReturns) {
      while (chunk[at] === RETURN) at++
      this.#endsInReturn = at >= chunk.length
      if (this.#endsInReturn) return
      this.#hasLoneReturns = chunk[at] !== LINE_FEED
      at = chunk.indexOf(RETURN, at)
    }
  }

  #take(chunk: Buffer): void {
    for (;;) {
      const from = Math.max(0, Math.ceil(this.#wanted - this.#position))
      const first = firstBeyondAscii(chunk, from)
      if (first < 0) return
      const start = breakBefore(chunk, first, Math.max(from, first - BACK_BYTES))
      const end = breakBefore(chunk, start + this.#stretchBytes, start + 1)
      // A copy, because a subarray would keep the much larger chunk in memory.
      this.#stretches.push(Buffer.from(chunk.subarray(start, end)))
      this.#wanted = Math.max(this.#wanted + this.#stretchLength, this.#position + end)
    }
  }
}

function firstBeyondAscii(chunk: Buffer, from: number): number {
  for (let at = from; at < chunk.length; at++) if ((chunk[at] as number) >= 0x80) return at
  return -1
}
