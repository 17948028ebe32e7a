/** A little more than the page sends at a time. */
const SEGMENT_BYTES = 8 * 1024 * 1024

/** The memory of one writer: the segment that fills, and those that were written and can be filled again. */
export class SegmentBuffers {
  #left: number
  readonly #free: Buffer[] = []
  #filling: Buffer | undefined
  #filled = 0

  /** @param maxBytes how many bytes will come at the most: a small upload takes no more memory than it needs */
  constructor(maxBytes: number) {
    this.#left = maxBytes
  }

  /** The bytes in the segment that fills. */
  get filled(): number {
    return this.#filled
  }

  get isFull(): boolean {
    return this.#filling !== undefined && this.#filled === this.#filling.length
  }

  /** Copies what fits of a chunk from `start` on; resolves to the number of bytes. */
  take(chunk: Buffer, start: number): number {
    this.#filling ??= this.#free.pop() ?? Buffer.allocUnsafeSlow(Math.min(SEGMENT_BYTES, this.#left))
    const taken = chunk.copy(this.#filling, this.#filled, start)
    this.#filled += taken
    this.#left -= taken
    return taken
  }

  /** The segment that was filled; the next one begins. */
  next(): Buffer {
    const body = (this.#filling ?? Buffer.alloc(0)).subarray(0, this.#filled)
    this.#filling = undefined
    this.#filled = 0
    return body
  }

  /** Takes back a segment that nobody reads any more. */
  reuse(body: Buffer): void {
    if (body.length === SEGMENT_BYTES) this.#free.push(body)
  }
}
