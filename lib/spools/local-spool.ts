import { constants } from 'node:fs'
import { type FileHandle, mkdir, realpath } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { Readable } from 'node:stream'
import type { AppendOptions, IncomingFile, UploadLease, UploadRecord, UploadSpool } from '#lib/spool.ts'
import { fileSegments, oneSegment } from '#lib/storage/key.ts'
import { asStorageError, drain } from '#lib/storage/local/drain.ts'
import { withParent } from '#lib/storage/local/durable.ts'
import { FolderSync } from '#lib/storage/local/folder-sync.ts'
import { fileSizeOf, isMissing, openNoLink, pathBelow } from '#lib/storage/local/local-path.ts'
import { PARTIAL, sweepPartials } from '#lib/storage/local/partial.ts'
import type { ByteRange, ObjectStore } from '#lib/storage.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import { jobPrefix, sourceKey } from '../job-keys.ts'
import { KeyedMutex } from './keyed-mutex.ts'
import { BackgroundSync } from './local-spool/background-sync.ts'
import { IncomingFiles } from './local-spool/incoming-files.ts'
import { RecordFiles } from './local-spool/record-files.ts'
import { TicketFolder } from './local-spool/ticket-folder.ts'
import { TicketLock } from './local-spool/ticket-lock.ts'

const { O_CREAT, O_RDONLY, O_WRONLY } = constants
/** From this many appended bytes on, a sync starts before `finish`. */
const EARLY_BYTES = 1024 * 1024
/** The folders of tickets. Keys cannot reach them, because they begin with a dot. */
const LOCKS = '.locks'
const FORMS = '.forms'

/**
 * Opens the uploads in the folder of a local object store. Each is written under the key of its job's source, so
 * finishing moves nothing. Deletes the tickets of dead processes.
 */
export async function openLocalSpool(folder: string, storage: ObjectStore): Promise<UploadSpool> {
  for (const each of [PARTIAL, LOCKS, FORMS])
    await mkdir(join(folder, each), { recursive: true, mode: 0o700 })
  const root = await realpath(resolve(folder))
  const spool = new LocalSpool(root, storage)
  await spool.sweep()
  return spool
}

class LocalSpool implements UploadSpool {
  readonly #root: string
  readonly #storage: ObjectStore
  readonly #records: RecordFiles
  readonly #locks: TicketLock
  readonly #incoming: IncomingFiles
  readonly #mutex = new KeyedMutex()
  readonly #syncing = new BackgroundSync()
  readonly #folderSync = new FolderSync()

  constructor(root: string, storage: ObjectStore) {
    this.#root = root
    this.#storage = storage
    this.#records = new RecordFiles(root, storage)
    this.#locks = new TicketLock(new TicketFolder(join(root, LOCKS)))
    this.#incoming = new IncomingFiles(new TicketFolder(join(root, FORMS)))
  }

  open(record: UploadRecord): Promise<void> {
    return this.#records.put(record)
  }

  find(id: string): Promise<UploadRecord | undefined> {
    return this.#records.find(id)
  }

  list(): Promise<UploadRecord[]> {
    return this.#records.list()
  }

  async registerIncoming(owner: string): Promise<IncomingFile> {
    return this.#incoming.register(owner)
  }

  async countIncoming(owner: string): Promise<number> {
    return this.#incoming.count(owner)
  }

  async lock(id: string): Promise<UploadLease> {
    return this.#locks.lock(oneSegment(id))
  }

  async size(id: string): Promise<number> {
    return fileSizeOf(this.#pathOf(id)) ?? 0
  }

  async append(id: string, source: Readable, options: AppendOptions): Promise<number> {
    const { offset } = options
    const path = this.#pathOf(id)
    return this.#mutex.runExclusive(id, async () => {
      const size = fileSizeOf(path) ?? 0
      if (size !== offset) throw new AppError('wrong_offset', { details: { expected: size, offset } })
      // Neither O_TRUNC nor O_APPEND: bytes go to the offset that was checked, whatever else happens to the file.
      const { done: file } = await withParent(path, () => openNoLink(path, O_WRONLY | O_CREAT))
      let end = offset
      try {
        end += await drainInto(file, source, options)
        return end
      } finally {
        // `finish` syncs a small file fast enough.
        if (end - offset < EARLY_BYTES) await file.close()
        else this.#syncing.begin(id, file)
      }
    })
  }

  async readBack(id: string, range?: ByteRange): Promise<Readable> {
    return this.#storage.read(sourceKey(oneSegment(id)), range)
  }

  async concatenate(id: string, parts: readonly string[]): Promise<number> {
    let offset = 0
    for (const part of parts) {
      const source = await this.readBack(part)
      try {
        offset = await this.append(id, source, { offset, ownsChunks: true })
      } finally {
        source.destroy()
      }
    }
    return offset
  }

  async finish(id: string): Promise<void> {
    const path = this.#pathOf(id)
    await this.#syncing.end(id)
    const file = await openNoLink(path, O_RDONLY).catch(error => {
      throw isMissing(error) ? nothingArrived(id) : error
    })
    try {
      await file.sync()
    } finally {
      await file.close()
    }
    // All folders are synced, because it is unknown who created them and when.
    await this.#folderSync.syncUpwards(dirname(path), this.#root)
  }

  close(id: string): Promise<void> {
    return this.#records.delete(id)
  }

  /** The bytes first: without the record only the hourly sweep would find them. */
  async drop(id: string): Promise<void> {
    await this.#storage.delete(jobPrefix(oneSegment(id)))
    await this.#records.delete(id)
  }

  async sweep(): Promise<void> {
    for (const each of [LOCKS, FORMS]) await sweepPartials(join(this.#root, each))
  }

  /** @throws AppError `unsafe_key` */
  #pathOf(id: string): string {
    return pathBelow(this.#root, fileSegments(sourceKey(oneSegment(id))))
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

function nothingArrived(id: string): AppError {
  return new AppError('file_not_found', { log: `nothing has arrived of upload ${id}` })
}
