import { isUtf8 } from 'node:buffer'
import { beyond, malformed } from './uno-errors.ts'

/** Reads the primitives of the wire format from one block; never past its end. All numbers are big-endian. */
export class WireReader {
  readonly #bytes: Buffer
  #position = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  get remaining(): number {
    return this.#bytes.length - this.#position
  }

  u8(): number {
    return this.#bytes.readUInt8(this.#advance(1))
  }

  i8(): number {
    return this.#bytes.readInt8(this.#advance(1))
  }

  u16(): number {
    return this.#bytes.readUInt16BE(this.#advance(2))
  }

  i16(): number {
    return this.#bytes.readInt16BE(this.#advance(2))
  }

  u32(): number {
    return this.#bytes.readUInt32BE(this.#advance(4))
  }

  i32(): number {
    return this.#bytes.readInt32BE(this.#advance(4))
  }

  u64(): bigint {
    return this.#bytes.readBigUInt64BE(this.#advance(8))
  }

  i64(): bigint {
    return this.#bytes.readBigInt64BE(this.#advance(8))
  }

  f32(): number {
    return this.#bytes.readFloatBE(this.#advance(4))
  }

  f64(): number {
    return this.#bytes.readDoubleBE(this.#advance(8))
  }

  boolean(): boolean {
    const value = this.u8()
    if (value > 1) throw malformed(`a boolean of ${value}`)
    return value === 1
  }

  /** A length: one byte below 255, otherwise 255 and four bytes. @throws ProtocolError above `limit` */
  length(what: string, limit: number): number {
    const short = this.u8()
    const length = short === 255 ? this.u32() : short
    if (length > limit) throw beyond(what, limit)
    return length
  }

  /** A copy of the next bytes, because a block may be a window on a reused buffer. */
  bytes(length: number): Buffer {
    const start = this.#advance(length)
    return Buffer.from(this.#bytes.subarray(start, start + length))
  }

  /** LibreOffice only writes strict UTF-8: it refuses lone surrogates itself. */
  string(what: string, limit: number): string {
    const length = this.length(what, limit)
    const start = this.#advance(length)
    const bytes = this.#bytes.subarray(start, start + length)
    if (!isUtf8(bytes)) throw malformed(`${what} is not UTF-8`)
    return bytes.toString('utf8')
  }

  skipRest(): void {
    this.#position = this.#bytes.length
  }

  #advance(length: number): number {
    if (length > this.remaining) throw malformed('a message goes past the end of its block')
    const start = this.#position
    this.#position += length
    return start
  }
}
