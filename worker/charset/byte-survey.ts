/** What the bytes of a text tell of its character set, gathered while they go by. */
import { isAscii } from 'node:buffer'
import { breakBefore } from './breaks.ts'
import { Utf8Counter } from './utf8-counter.ts'

export interface Surveyed {
  isAscii: boolean
  /** Letters of several bytes, as UTF-8 writes them. */
  utf8Letters: number
  /** Bytes that UTF-8 cannot have. */
  notUtf8: number
  /** It has the signs of ISO-2022-JP that tell where Japanese begins. */
  hasShifts: boolean
  /** Lines that end in a carriage return alone. */
  hasLoneReturns: boolean
  /** What stands around bytes beyond ASCII, from the whole of the text. */
  sample: Buffer
}

const STRETCHES = 64
const STRETCH_BYTES = 256
/** So far back a place is looked for where no letter can be cut in two. */
const BACK_BYTES = 1024
const SEAM = Buffer.from('\n')
const [LINE_FEED, RETURN] = [0x0a, 0x0d]
const SHIFTS = [Buffer.from('\x1b$B'), Buffer.from('\x1b$@')]

/** Takes all bytes of a text, chunk by chunk. */
export class ByteSurvey {
  /** The text is divided into as many bytes, and from each so many are taken. */
  readonly #stretchLength: number
  readonly #stretchBytes: number
  readonly #stretches: Buffer[] = []
  readonly #utf8 = new Utf8Counter()
  #position = 0
  /** From here on another stretch is wanted. */
  #wanted = 0
  #isAscii = true
  #hasShifts = false
  #hasLoneReturns = false
  #endsInReturn = false

  /** `size` is that of the whole text, in bytes. */
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

  /** Two returns before a line feed are what is left of one line end that was written twice. */
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
      // A copy: the chunk is many times as large, and would be kept with it.
      this.#stretches.push(Buffer.from(chunk.subarray(start, end)))
      this.#wanted = Math.max(this.#wanted + this.#stretchLength, this.#position + end)
    }
  }
}

function firstBeyondAscii(chunk: Buffer, from: number): number {
  for (let at = from; at < chunk.length; at++) if ((chunk[at] as number) >= 0x80) return at
  return -1
}
