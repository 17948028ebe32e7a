import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { type FileHandle, mkdir, open, realpath, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { Readable } from 'node:stream'
import type { AppendOptions, ByteRange, Storage, StoredFile, WriteOptions } from '#lib/storage.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import { BackgroundSync } from './background-sync.ts'
import { asStorageError, drain } from './drain.ts'
import { pruneUpwards, publishFile, withParent } from './durable.ts'
import { filesBelow } from './files-below.ts'
import { FolderSync } from './folder-sync.ts'
import { cachedFreeBytes } from './free-space.ts'
import { fileSegments, prefixSegments, segmentsOf } from './key.ts'
import { KeyedMutex } from './keyed-mutex.ts'
import { fileSizeOf, isMissing, openNoLink, pathBelow } from './local-path.ts'
import { PARTIAL, partialName, sweepPartials } from './partial.ts'

const { O_CREAT, O_RDONLY, O_WRONLY } = constants
/** From this many appended bytes on, a sync starts before `finalize`. */
const EARLY_BYTES = 1024 * 1024

/**
 * Opens a folder as storage, creates it when it is missing, and deletes the unfinished files of dead writers. Several
 * processes may share the folder; all `append` calls for one key must come from one process.
 */
export async function openLocalStorage(folder: string): Promise<Storage> {
  await mkdir(join(folder, PARTIAL), { recursive: true, mode: 0o700 })
  const root = await realpath(resolve(folder))
  await sweepPartials(join(root, PARTIAL))
  return new LocalStorage(root)
}

class LocalStorage implements Storage {
  readonly #root: string
  readonly #mutex = new KeyedMutex()
  readonly #finalizing = new BackgroundSync()
  readonly #folderSync = new FolderSync()
  readonly #freeBytesOfDisk: () => Promise<number>

  constructor(root: string) {
    this.#root = root
    this.#freeBytesOfDisk = cachedFreeBytes(root)
  }

  async write(key: string, source: Readable, options: WriteOptions = {}): Promise<StoredFile> {
    const path = pathBelow(this.#root, fileSegments(key))
    const partial = join(this.#root, PARTIAL, partialName())
    const hash = createHash('sha256')
    try {
      const bytes = await using(await open(partial, 'wx', 0o600), async file => {
        const size = await drain(source, file, { ...options, hash })
        await file.sync()
        return size
      })
      options.signal?.throwIfAborted()
      await publishFile(partial, path, this.#folderSync)
      return { bytes, sha256: hash.digest('hex') }
    } catch (error) {
      await rm(partial, { force: true })
      throw asStorageError(error)
    }
  }

  async append(key: string, source: Readable, options: AppendOptions): Promise<number> {
    const { offset } = options
    const path = pathBelow(this.#root, fileSegments(key))
    return this.#mutex.runExclusive(key, async () => {
      const size = fileSizeOf(path) ?? 0
      if (size !== offset) throw new AppError('wrong_offset', { details: { expected: size, offset } })
      // Neither O_TRUNC nor O_APPEND: bytes go to the offset that was checked, whatever else happens to the file.
      const { done: file } = await withParent(path, () => openNoLink(path, O_WRONLY | O_CREAT))
      let end = offset
      try {
        end += await drainInto(file, source, options)
        return end
      } finally {
        // `finalize` syncs a small file fast enough.
        if (end - offset < EARLY_BYTES) await file.close()
        else this.#finalizing.begin(key, file)
      }
    })
  }

  async finalize(key: string): Promise<void> {
    const path = pathBelow(this.#root, fileSegments(key))
    await this.#finalizing.end(key)
    const file = await openNoLink(path, O_RDONLY).catch(error => {
      throw isMissing(error) ? notFound(key) : error
    })
    await using(file, () => file.sync())
    // All folders are synced, because it is unknown who created them and when.
    await this.#folderSync.syncUpwards(dirname(path), this.#root)
  }

  async putSmall(key: string, data: Buffer): Promise<void> {
    const path = pathBelow(this.#root, fileSegments(key))
    const partial = join(this.#root, PARTIAL, partialName())
    try {
      await writeFile(partial, data, { flag: 'wx', mode: 0o600 })
      await withParent(path, () => rename(partial, path))
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

async function drainInto(
  file: FileHandle,
  source: Readable,
  { verify, offset, ...options }: AppendOptions,
): Promise<number> {
  try {
    const bytes = await drain(source, file, { ...options, offset })
    verify?.()
    return bytes
  } catch (error) {
    if (verify) await file.truncate(offset)
    throw asStorageError(error)
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
