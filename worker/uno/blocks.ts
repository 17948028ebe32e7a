import { PROTOCOL_LIMITS } from './protocol-limits.ts'
import { beyond, malformed } from './uno-errors.ts'

const HEADER_BYTES = 8

/** A block of messages: on the wire `u32 size, u32 count, body`. */
export interface Block {
  readonly body: Buffer
  readonly count: number
}

/** Splits the byte stream into blocks. */
export class BlockReader {
  readonly #header = Buffer.alloc(HEADER_BYTES)
  #body: Buffer | undefined
  #filled = 0

  /**
   * Passes on the blocks that this chunk completes. Their bodies may share the chunk's memory.
   * @throws ProtocolError for a header with an invalid or too large size, before memory is allocated for it
   */
  push(chunk: Buffer, onBlock: (block: Block) => void): void {
    let rest = chunk
    for (;;) {
      rest = this.#fill(rest)
      const body = this.#body
      if (!body || this.#filled < body.length) return
      this.#body = undefined
      this.#filled = 0
      onBlock({ body, count: this.#header.readUInt32BE(4) })
    }
  }

  /** Takes the missing bytes of the header, then of the body; returns the rest. */
  #fill(chunk: Buffer): Buffer {
    let rest = chunk
    if (!this.#body) {
      rest = this.#copy(rest, this.#header)
      if (this.#filled < HEADER_BYTES) return rest
      // Whole blocks, the usual case, are read in place; others are collected in a buffer of their size, because
      // concatenating repeatedly would cost the square of it when bytes arrive one by one.
      const size = this.#announced()
      this.#filled = 0
      if (rest.length >= size) {
        this.#body = rest.subarray(0, size)
        this.#filled = size
        return rest.subarray(size)
      }
      this.#body = Buffer.alloc(size)
    }
    return this.#copy(rest, this.#body)
  }

  #copy(from: Buffer, to: Buffer): Buffer {
    const copied = from.copy(to, this.#filled)
    this.#filled += copied
    return from.subarray(copied)
  }

  #announced(): number {
    const size = this.#header.readUInt32BE(0)
    const count = this.#header.readUInt32BE(4)
    if (size === 0 || count === 0) throw malformed(`a block of ${size} bytes with ${count} messages`)
    if (size > PROTOCOL_LIMITS.blockBytes) throw beyond('bytes of a block', PROTOCOL_LIMITS.blockBytes)
    if (count > PROTOCOL_LIMITS.messagesPerBlock)
      throw beyond('messages of a block', PROTOCOL_LIMITS.messagesPerBlock)
    return size
  }
}

/** Messages as a block; usually one message each, as LibreOffice sends them too. */
export function blockOf(...messages: readonly Buffer[]): Buffer {
  const header = Buffer.alloc(HEADER_BYTES)
  const block = Buffer.concat([header, ...messages])
  block.writeUInt32BE(block.length - HEADER_BYTES, 0)
  block.writeUInt32BE(messages.length, 4)
  return block
}
