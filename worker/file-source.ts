import type { FileHandle } from 'node:fs/promises'
import type { Source } from '#lib/scan/source.ts'

/** An open file as a source. The caller closes it. */
export async function sourceOfFile(file: FileHandle): Promise<Source> {
  const { size } = await file.stat()
  return {
    size,
    read: async (start, end) => {
      // A damaged file leads behind its end.
      const length = Math.max(end - start, 0)
      const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, start)
      return buffer.subarray(0, bytesRead)
    },
  }
}
