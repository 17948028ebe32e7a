import { statfs } from 'node:fs/promises'
import { cachedFor } from '../../cached-for.ts'

/** How long a measurement is valid, in milliseconds: less can arrive in that time than any reserve. */
const VALID_MS = 500

/** The free space on a folder's disk, in bytes. */
export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}

/** The free space on a folder's disk, in bytes, measured at most twice a second for all callers. */
export function cachedFreeBytes(folder: string): () => Promise<number> {
  return cachedFor(VALID_MS, () => freeBytes(folder))
}
