import { createHash } from 'node:crypto'
import { constants, createWriteStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import type { ObjectStore, StoredFile } from '#lib/storage.ts'
import { AppError } from '#lib/vocabulary/errors.ts'

export interface Transfer {
  storage: ObjectStore
  signal: AbortSignal
}

/** A source in storage and what its bytes were when they arrived; `sha256` is hexadecimal. */
export interface StoredSource {
  key: string
  sha256: string
}

/**
 * Brings a source from storage into a slot, where nothing may lie at `path` yet.
 * @throws AppError `source_changed` when the bytes are no longer those that arrived
 */
export async function fetchSource(
  { key, sha256 }: StoredSource,
  path: string,
  { storage, signal }: Transfer,
): Promise<void> {
  const bytes = await storage.read(key)
  const hash = createHash('sha256')
  const hashed = async function* (chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      hash.update(chunk)
      yield chunk
    }
  }
  await pipeline(bytes, hashed, createWriteStream(path, { flags: 'wx' }), { signal })
  const found = hash.digest('hex')
  if (found !== sha256)
    throw new AppError('source_changed', { log: `${key} has SHA-256 ${found} instead of ${sha256}` })
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
  return storage.write(key, file.createReadStream(), { signal, ownsChunks: true })
}
