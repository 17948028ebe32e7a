import { statfs } from 'node:fs/promises'
import { cachedFor } from '../../cached-for.ts'

/** So long a look counts, in milliseconds: what can come in the meantime is less than any reserve. */
const VALID_MS = 500

/** What is free on a folder's disk, in bytes. */
export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}

/** Gives what is free on a folder's disk, in bytes. Looks at most twice a second, whoever asks. */
export function cachedFreeBytes(folder: string): () => Promise<number> {
  return cachedFor(VALID_MS, () => freeBytes(folder))
}
