import { constants } from 'node:fs'
import { openRegular } from './regular-file.ts'

const CHUNK_BYTES = 1024 * 1024

export interface Replacement {
  /** How many bytes `to` needs to see, in bytes; fewer only at the end of the file. */
  longest: number
  /** Receives what begins with the sequence; gives what stands there instead, in as many bytes, or nothing. */
  to(found: Buffer): Buffer | undefined
}

/**
 * Replaces a byte sequence everywhere in a file by one of the same length, because a PDF contains byte offsets.
 * Anything but a regular file is left for the check of the result.
 */
export async function rewriteEach(path: string, from: Buffer, by: Buffer | Replacement): Promise<void> {
  const { longest, to } = Buffer.isBuffer(by) ? { longest: by.length, to: () => by } : by
  const file = await openRegular(path, constants.O_RDWR)
  if (!file) return
  try {
    // One more than the file, so that its end is seen at once.
    const bytes = Math.min(CHUNK_BYTES, (await file.stat()).size + 1)
    const buffer = Buffer.allocUnsafe(bytes)
    for (let position = 0; ; position += bytes - longest) {
      const { bytesRead } = await file.read(buffer, 0, bytes, position)
      const isLast = bytesRead < bytes
      const chunk = buffer.subarray(0, bytesRead)
      for (let at = chunk.indexOf(from); at >= 0; at = chunk.indexOf(from, at + from.length)) {
        // The next chunk begins there.
        if (!isLast && at > bytes - longest) break
        const found = to(chunk.subarray(at, at + longest))
        if (found) await file.write(found, 0, found.length, position + at)
      }
      if (isLast) return
    }
  } finally {
    await file.close()
  }
}
