import { performance } from 'node:perf_hooks'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import type { UploadRecord } from '#lib/spool.ts'
import { oneSegment } from '#lib/storage/key.ts'
import { unlessMissing } from '#lib/storage/unless-missing.ts'
import type { ObjectStore } from '#lib/storage.ts'
import { decodeUploadRecord, encodeUploadRecord } from '../upload-record.ts'

/** A separate prefix, so that all open uploads are found without listing every job. */
const UPLOADS_PREFIX = 'uploads/'

/** A record that this process wrote or read is told from memory for this long, in milliseconds. */
const KNOWN_MS = 10_000

/** The records of open uploads, one object each. A record never changes, so a list reads each only once. */
export class RecordObjects {
  readonly #storage: ObjectStore
  #read = new Map<string, UploadRecord>()
  /** Those that this process wrote or read, with the time of that; the oldest first. */
  readonly #known = new Map<string, { record: UploadRecord; at: number }>()

  constructor(storage: ObjectStore) {
    this.#storage = storage
  }

  async put(record: UploadRecord): Promise<void> {
    await this.#storage.write(keyOf(record.id), Readable.from([encodeUploadRecord(record)]))
    this.#remember(record)
  }

  /** A record that this process wrote or read a short time ago, although another may have closed the upload since. */
  known(id: string): UploadRecord | undefined {
    this.#forgetOld()
    return this.#known.get(id)?.record
  }

  /** Always asks the bucket: another process may have closed the upload. */
  async find(id: string): Promise<UploadRecord | undefined> {
    const record = await this.#get(id)
    if (record) this.#remember(record)
    else this.#known.delete(id)
    return record
  }

  async list(): Promise<UploadRecord[]> {
    const before = this.#read
    const ids: string[] = []
    for await (const key of this.#storage.list(UPLOADS_PREFIX)) ids.push(key.slice(UPLOADS_PREFIX.length))
    const found = await Promise.all(ids.map(id => before.get(id) ?? this.#get(id)))
    const records = found.filter(record => record !== undefined)
    this.#read = new Map(records.map(record => [record.id, record]))
    return records
  }

  delete(id: string): Promise<void> {
    this.#known.delete(id)
    return this.#storage.delete(keyOf(id))
  }

  async #get(id: string): Promise<UploadRecord | undefined> {
    try {
      return decodeUploadRecord(await text(await this.#storage.read(keyOf(id))))
    } catch (error) {
      return unlessMissing(error)
    }
  }

  #remember(record: UploadRecord): void {
    this.#forgetOld()
    this.#known.delete(record.id)
    this.#known.set(record.id, { record, at: performance.now() })
  }

  #forgetOld(): void {
    const since = performance.now() - KNOWN_MS
    for (const [id, { at }] of this.#known) {
      if (at > since) break
      this.#known.delete(id)
    }
  }
}

const keyOf = (id: string) => UPLOADS_PREFIX + oneSegment(id)
