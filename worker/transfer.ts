import { constants, createWriteStream } from 'node:fs'
import { open } from 'node:fs/promises'
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
  // Opened first: a stream that cannot open says so at a moment when nobody listens yet, and that ends the process.
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW)
  return storage.write(key, file.createReadStream(), { signal, spend: true })
}
