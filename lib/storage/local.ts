import { constants } from 'node:fs'
import { type FileHandle, mkdir, open, realpath, rm } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { Readable } from 'node:stream'
import type { ByteRange, ObjectStore, WriteOptions, WrittenFile } from '#lib/storage.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import { Checksums } from './checksums.ts'
import { fileSegments, prefixSegments, segmentsOf } from './key.ts'
import { asStorageError, drain } from './local/drain.ts'
import { pruneUpwards, publishFile } from './local/durable.ts'
import { filesBelow } from './local/files-below.ts'
import { FolderSync } from './local/folder-sync.ts'
import { cachedFreeBytes } from './local/free-space.ts'
import { fileSizeOf, isMissing, openNoLink, pathBelow } from './local/local-path.ts'
import { PARTIAL, partialName, sweepPartials } from './local/partial.ts'

const { O_RDONLY } = constants
/**
 * Opens a folder as an object store, creates it when it is missing, and deletes the unfinished files of dead writers.
 * Several processes may share the folder.
 */
export async function openLocalStorage(folder: string): Promise<ObjectStore> {
  await mkdir(join(folder, PARTIAL), { recursive: true, mode: 0o700 })
  const root = await realpath(resolve(folder))
  await sweepPartials(join(root, PARTIAL))
  return new LocalStorage(root)
}

class LocalStorage implements ObjectStore {
  readonly #root: string
  readonly #folderSync = new FolderSync()
  readonly #freeBytesOfDisk: () => Promise<number>

  constructor(root: string) {
    this.#root = root
    this.#freeBytesOfDisk = cachedFreeBytes(root)
  }

  async write(key: string, source: Readable, options: WriteOptions = {}): Promise<WrittenFile> {
    const path = pathBelow(this.#root, fileSegments(key))
    const partial = join(this.#root, PARTIAL, partialName())
    const checksums = new Checksums()
    try {
      const bytes = await using(await open(partial, 'wx', 0o600), async file => {
        const size = await drain(source, file, { ...options, hash: checksums })
        await file.sync()
        return size
      })
      options.signal?.throwIfAborted()
      await publishFile(partial, path, this.#folderSync)
      return { bytes, ...checksums.finish() }
    } catch (error) {
      await rm(partial, { force: true })
      throw asStorageError(error)
    }
  }

  async size(key: string): Promise<number | undefined> {
    return fileSizeOf(pathBelow(this.#root, fileSegments(key)))
  }

  async read(key: string, range?: ByteRange): Promise<Readable> {
    const path = pathBelow(this.#root, fileSegments(key))
    const file = await openNoLink(path, O_RDONLY).catch(error => {
      throw isMissing(error) ? notFound(key) : error
    })
    if ((await file.stat()).isFile()) return file.createReadStream({ ...range })
    await file.close()
    throw notFound(key)
  }

  async delete(keyOrPrefix: string): Promise<void> {
    const path = pathBelow(this.#root, segmentsOf(keyOrPrefix))
    const everything = keyOrPrefix.endsWith('/')
    if (everything) await rm(path, { recursive: true, force: true, maxRetries: 3 })
    else if (fileSizeOf(path) !== undefined) await rm(path, { force: true })
    await pruneUpwards(dirname(path), this.#root)
  }

  async *list(prefix: string): AsyncIterable<string> {
    const segments = prefixSegments(prefix)
    const folder = pathBelow(this.#root, [...segments, 'any'])
    yield* filesBelow(dirname(folder), `${segments.join('/')}/`)
  }

  freeBytes(): Promise<number> {
    return this.#freeBytesOfDisk()
  }
}

async function using<T>(file: FileHandle, action: (file: FileHandle) => Promise<T>): Promise<T> {
  try {
    return await action(file)
  } finally {
    await file.close()
  }
}

function notFound(key: string): AppError {
  return new AppError('file_not_found', { log: `nothing is stored as ${key}` })
}
