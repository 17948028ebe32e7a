import { createHash } from 'node:crypto'
import { constants, createWriteStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import type { ObjectStore, WrittenFile } from '#lib/storage.ts'
import { AppError } from '#lib/vocabulary/errors.ts'

export interface Transfer {
  storage: ObjectStore
  signal: AbortSignal
}

/** A stored source with its SHA-256 at upload, in hexadecimal. */
export interface StoredSource {
  key: string
  sha256: string
}

/**
 * Copies a source from storage into a slot; `path` must not exist.
 * @throws AppError `source_changed` when the bytes differ from those uploaded
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

/** Copies a file of a slot into storage. */
export async function storeFile(
  key: string,
  path: string,
  { storage, signal }: Transfer,
): Promise<WrittenFile> {
  // A process that had read hostile bytes wrote this folder, so no link is followed. Opened explicitly: a stream emits
  // its open error before anything listens, which would end the process.
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW)
  return storage.write(key, file.createReadStream(), { signal, ownsChunks: true })
}
