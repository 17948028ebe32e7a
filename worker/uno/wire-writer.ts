/** Writes the primitives of the wire format into a buffer that grows. All numbers are big-endian. */
export class WireWriter {
  #bytes = Buffer.allocUnsafe(512)
  #length = 0

  u8(value: number): void {
    this.#bytes.writeUInt8(value, this.#advance(1))
  }

  i8(value: number): void {
    this.#bytes.writeInt8(value, this.#advance(1))
  }

  u16(value: number): void {
    this.#bytes.writeUInt16BE(value, this.#advance(2))
  }

  i16(value: number): void {
    this.#bytes.writeInt16BE(value, this.#advance(2))
  }

  u32(value: number): void {
    this.#bytes.writeUInt32BE(value, this.#advance(4))
  }

  i32(value: number): void {
    this.#bytes.writeInt32BE(value, this.#advance(4))
  }

  u64(value: bigint): void {
    this.#bytes.writeBigUInt64BE(value, this.#advance(8))
  }

  i64(value: bigint): void {
    this.#bytes.writeBigInt64BE(value, this.#advance(8))
  }

  f32(value: number): void {
    this.#bytes.writeFloatBE(value, this.#advance(4))
  }

  f64(value: number): void {
    this.#bytes.writeDoubleBE(value, this.#advance(8))
  }

  /** One byte below 255, else 255 and four bytes. */
  length(value: number): void {
    this.u8(Math.min(value, 255))
    if (value >= 255) this.u32(value)
  }

  /** A length and the bytes. */
  bytes(value: Uint8Array): void {
    this.length(value.length)
    const start = this.#advance(value.length)
    this.#bytes.set(value, start)
  }

  /** Lone surrogates, which UTF-8 cannot hold and LibreOffice refuses, become U+FFFD. */
  string(value: string): void {
    this.bytes(Buffer.from(value, 'utf8'))
  }

  /** What was written so far. */
  written(): Buffer {
    return this.#bytes.subarray(0, this.#length)
  }

  #advance(length: number): number {
    const start = this.#length
    this.#length += length
    if (this.#length > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#length))
      this.#bytes.copy(larger, 0, 0, start)
      this.#bytes = larger
    }
    return start
  }
}
