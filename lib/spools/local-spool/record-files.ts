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
import { unlessMissing } from '#lib/storage/unless-missing.ts'
import type { ObjectStore } from '#lib/storage.ts'
import { decodeUploadRecord, encodeUploadRecord } from '../upload-record.ts'

/** A separate prefix, so that all open uploads are found without listing every job. */
const UPLOADS_PREFIX = 'uploads/'

/**
 * The records of open uploads, one file each. Their list is always read from the disk, because other processes write
 * here too; a record never changes, so its content is cached.
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
      // A power cut emptied the record. Its bytes are swept like all files without a job.
      else await this.#storage.delete(UPLOADS_PREFIX + id)
      return record
    } catch (error) {
      // Closed or dropped since it was listed.
      return unlessMissing(error)
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
