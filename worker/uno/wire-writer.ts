/** Writes the primitives of the wire format into a growing buffer. All numbers are big-endian. */
export class WireWriter {
  #bytes = Buffer.allocUnsafe(512)
  #length = 0

  u8(value: number): void {
    this.#advance(1).writeUInt8(value, this.#length - 1)
  }

  i8(value: number): void {
    this.#advance(1).writeInt8(value, this.#length - 1)
  }

  u16(value: number): void {
    this.#advance(2).writeUInt16BE(value, this.#length - 2)
  }

  i16(value: number): void {
    this.#advance(2).writeInt16BE(value, this.#length - 2)
  }

  u32(value: number): void {
    this.#advance(4).writeUInt32BE(value, this.#length - 4)
  }

  i32(value: number): void {
    this.#advance(4).writeInt32BE(value, this.#length - 4)
  }

  u64(value: bigint): void {
    this.#advance(8).writeBigUInt64BE(value, this.#length - 8)
  }

  i64(value: bigint): void {
    this.#advance(8).writeBigInt64BE(value, this.#length - 8)
  }

  f32(value: number): void {
    this.#advance(4).writeFloatBE(value, this.#length - 4)
  }

  f64(value: number): void {
    this.#advance(8).writeDoubleBE(value, this.#length - 8)
  }

  /** One byte below 255, otherwise 255 and four bytes. */
  length(value: number): void {
    this.u8(Math.min(value, 255))
    if (value >= 255) this.u32(value)
  }

  /** A length and the bytes. */
  bytes(value: Uint8Array): void {
    this.length(value.length)
    this.#advance(value.length).set(value, this.#length - value.length)
  }

  /** Lone surrogates, which UTF-8 cannot encode and LibreOffice refuses, become U+FFFD. */
  string(value: string): void {
    this.bytes(Buffer.from(value, 'utf8'))
  }

  /** The bytes written so far. */
  written(): Buffer {
    return this.#bytes.subarray(0, this.#length)
  }

  /** Reserves space. Returns the buffer to write to, which may be a new one. */
  #advance(length: number): Buffer {
    const start = this.#length
    this.#length += length
    if (this.#length > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#length))
      this.#bytes.copy(larger, 0, 0, start)
      this.#bytes = larger
    }
    return this.#bytes
  }
}
