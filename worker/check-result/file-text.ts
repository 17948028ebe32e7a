import type { FileHandle } from 'node:fs/promises'

/** The important part of a PDF is at its end; of a small one this is all of it. */
const END_BYTES = 64 * 1024

/** What is read at once, because the next object often stands beside, and how many of these are kept. */
const BLOCK_BYTES = 64 * 1024
const BLOCKS_KEPT = 8

/** A file as text with one character per byte. Its end is read at once, the rest on demand. */
export class FileText {
  readonly size: number
  readonly #file: FileHandle
  readonly #end: Buffer
  /** By their numbers; the one used last is the last. */
  readonly #blocks = new Map<number, Buffer>()

  private constructor(file: FileHandle, size: number, end: Buffer) {
    this.#file = file
    this.size = size
    this.#end = end
  }

  static async open(file: FileHandle): Promise<FileText> {
    const { size } = await file.stat()
    const bytes = Math.min(size, END_BYTES)
    return new FileText(file, size, await read(file, size - bytes, bytes))
  }

  /** At most `bytes` bytes from `position` on; fewer at the end of the file. */
  async slice(position: number, bytes: number): Promise<string> {
    const start = position - (this.size - this.#end.length)
    if (start >= 0) return this.#end.toString('latin1', start, start + bytes)
    if (bytes > BLOCK_BYTES) return (await read(this.#file, position, bytes)).toString('latin1')
    const number = Math.floor(position / BLOCK_BYTES)
    const from = position - number * BLOCK_BYTES
    const text = (await this.#block(number)).toString('latin1', from, from + bytes)
    const rest = from + bytes - BLOCK_BYTES
    return rest > 0 ? text + (await this.#block(number + 1)).toString('latin1', 0, rest) : text
  }

  async #block(number: number): Promise<Buffer> {
    const block = this.#blocks.get(number) ?? (await read(this.#file, number * BLOCK_BYTES, BLOCK_BYTES))
    this.#blocks.delete(number)
    this.#blocks.set(number, block)
    const [oldest = 0] = this.#blocks.keys()
    if (this.#blocks.size > BLOCKS_KEPT) this.#blocks.delete(oldest)
    return block
  }
}

async function read(file: FileHandle, position: number, bytes: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(bytes), 0, bytes, position)
  return buffer.subarray(0, bytesRead)
}
