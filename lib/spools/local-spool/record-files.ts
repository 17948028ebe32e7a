import { readdirSync } from 'node:fs'
import { rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { UploadRecord } from '#lib/spool.ts'
import { fileSegments, oneSegment } from '#lib/storage/key.ts'
import { asStorageError } from '#lib/storage/local/drain.ts'
import { withParent } from '#lib/storage/local/durable.ts'
import { fileSizeOf, isMissing, pathBelow } from '#lib/storage/local/local-path.ts'
import { PARTIAL, partialName } from '#lib/storage/local/partial.ts'
import type { ObjectStore } from '#lib/storage.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import { decodeUploadRecord, encodeUploadRecord } from '../upload-record.ts'

/** A prefix of its own, so that all open uploads are found without a look at every job. */
const UPLOADS_PREFIX = 'uploads/'

/**
 * The records of open uploads, a file each. Which of them are there is always asked of the disk, since other processes
 * write here too; what one says never changes, so it is read once.
 */
export class RecordFiles {
  readonly #root: string
  readonly #storage: ObjectStore
  #read = new Map<string, UploadRecord>()

  constructor(root: string, storage: ObjectStore) {
    this.#root = root
    this.#storage = storage
  }

  async put(record: UploadRecord): Promise<void> {
    const path = this.#pathOf(record.id)
    const partial = join(this.#root, PARTIAL, partialName())
    try {
      await writeFile(partial, encodeUploadRecord(record), { flag: 'wx', mode: 0o600 })
      await withParent(path, () => rename(partial, path))
      this.#read.set(record.id, record)
    } catch (error) {
      await rm(partial, { force: true })
      throw asStorageError(error)
    }
  }

  async find(id: string): Promise<UploadRecord | undefined> {
    if (fileSizeOf(this.#pathOf(id)) !== undefined) return this.#read.get(id) ?? this.#load(id)
    this.#read.delete(id)
    return undefined
  }

  async list(): Promise<UploadRecord[]> {
    const before = this.#read
    const ids = namesIn(dirname(this.#pathOf('any')))
    const found = await Promise.all(ids.map(id => before.get(id) ?? this.#load(id)))
    const records = found.filter(record => record !== undefined)
    this.#read = new Map(records.map(record => [record.id, record]))
    return records
  }

  async delete(id: string): Promise<void> {
    await this.#storage.delete(UPLOADS_PREFIX + oneSegment(id))
    this.#read.delete(id)
  }

  async #load(id: string): Promise<UploadRecord | undefined> {
    try {
      const record = decodeUploadRecord(await text(await this.#storage.read(UPLOADS_PREFIX + id)))
      if (record) this.#read.set(id, record)
      // It was written whole, and a power cut took what it said. Its bytes are swept like all that are no job's.
      else await this.#storage.delete(UPLOADS_PREFIX + id)
      return record
    } catch (error) {
      // Closed or dropped since it was seen.
      if (error instanceof AppError && error.code === 'file_not_found') return undefined
      throw error
    }
  }

  #pathOf(id: string): string {
    return pathBelow(this.#root, fileSegments(UPLOADS_PREFIX + oneSegment(id)))
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter(name => !name.startsWith('.'))
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}
