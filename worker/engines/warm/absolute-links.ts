import { constants } from 'node:fs'
import { openRegular } from '#worker/regular-file.ts'

const CHUNK_BYTES = 1024 * 1024
const START = '/URI('
const ABSOLUTE = 'file:///'

/**
 * LibreOffice writes the links of a PDF to files relative to where it wrote it, those to another disk or a root as well:
 * they climb all of our `depth` folders. These get their root again, in as many bytes, since a PDF counts them.
 */
export async function restoreAbsoluteLinks(path: string, depth: number): Promise<void> {
  const climbing = Buffer.from(`${START}${'../'.repeat(depth)}`)
  const file = await openRegular(path, constants.O_RDWR)
  // Whatever else lies there is for the check of the result to refuse.
  if (!file) return
  try {
    const buffer = Buffer.allocUnsafe(CHUNK_BYTES)
    for (let position = 0; ; position += CHUNK_BYTES - climbing.length) {
      const { bytesRead } = await file.read(buffer, 0, CHUNK_BYTES, position)
      const chunk = buffer.subarray(0, bytesRead)
      for (let at = chunk.indexOf(climbing); at >= 0; at = chunk.indexOf(climbing, at + climbing.length))
        await file.write(restored(climbing.length), 0, climbing.length, position + at)
      if (bytesRead < CHUNK_BYTES) return
    }
  } finally {
    await file.close()
  }
}

/** White space between a key and its value says nothing. */
const restored = (length: number) =>
  Buffer.from(`/URI${' '.repeat(length - START.length - ABSOLUTE.length)}(${ABSOLUTE}`)
