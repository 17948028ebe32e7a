import { constants } from 'node:fs'
import { openRegular } from './regular-file.ts'

const CHUNK_BYTES = 1024 * 1024

/**
 * Replaces a byte sequence everywhere in a file by one of the same length, because a PDF contains byte offsets.
 * Anything but a regular file is left for the check of the result.
 */
export async function rewriteEach(path: string, from: Buffer, to: Buffer): Promise<void> {
  const file = await openRegular(path, constants.O_RDWR)
  if (!file) return
  try {
    // One more than the file, so that its end is seen at once.
    const bytes = Math.min(CHUNK_BYTES, (await file.stat()).size + 1)
    const buffer = Buffer.allocUnsafe(bytes)
    for (let position = 0; ; position += bytes - from.length) {
      const { bytesRead } = await file.read(buffer, 0, bytes, position)
      const chunk = buffer.subarray(0, bytesRead)
      for (let at = chunk.indexOf(from); at >= 0; at = chunk.indexOf(from, at + from.length))
        await file.write(to, 0, to.length, position + at)
      if (bytesRead < bytes) return
    }
  } finally {
    await file.close()
  }
}
