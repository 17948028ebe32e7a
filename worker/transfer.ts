import { constants, createReadStream, createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import type { Storage, StoredFile } from '#lib/storage.ts'

export interface Transfer {
  storage: Storage
  signal: AbortSignal
}

/** Brings a file from storage into a slot, where nothing may lie at `path` yet. */
export async function fetchFile(key: string, path: string, { storage, signal }: Transfer): Promise<void> {
  const bytes = await storage.read(key)
  await pipeline(bytes, createWriteStream(path, { flags: 'wx' }), { signal })
}

/** Puts a file of a slot into storage. */
export async function storeFile(
  key: string,
  path: string,
  { storage, signal }: Transfer,
): Promise<StoredFile> {
  // The engine's folder holds only what a process wrote that had read hostile bytes: follow no link out of it.
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW
  const bytes = createReadStream(path, { flags: flags as unknown as string })
  return storage.write(key, bytes, { signal })
}
