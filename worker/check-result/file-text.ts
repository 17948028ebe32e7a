import type { FileHandle } from 'node:fs/promises'

/** The important part of a PDF is at its end; of a small one this is all of it. */
const END_BYTES = 64 * 1024

/** A file as text with one character per byte. Its end is read at once, the rest on demand. */
export class FileText {
  readonly size: number
  readonly #file: FileHandle
  readonly #end: Buffer

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
    const isInEnd = start >= 0
    const found = isInEnd ? this.#end.subarray(start, start + bytes) : await read(this.#file, position, bytes)
    return found.toString('latin1')
  }
}

async function read(file: FileHandle, position: number, bytes: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(bytes), 0, bytes, position)
  return buffer.subarray(0, bytesRead)
}
