import type { Storage } from '#lib/storage.ts'
import {
  deleteUploadRecord,
  dropUpload,
  listUploadRecords,
  saveUploadRecord,
  type UploadRecord,
} from '#lib/upload-records.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import { UploadRecordIndex } from './upload-record-index.ts'

/** Uploads end when their senders want; nobody knows when. */
const RETRY_AFTER_S = 30

/**
 * The uploads under way. Their records lie in storage for the next process; this one looks there only once, since
 * under load each look at the disk costs more than a part of an upload takes.
 */
export class OpenUploads {
  readonly #limit: number
  readonly #storage: Storage
  /** Owners by the number of their form. */
  readonly #forms = new Map<string, string>()
  #records: Promise<UploadRecordIndex> | undefined

  constructor(storage: Storage, limit: number) {
    this.#storage = storage
    this.#limit = limit
  }

  /** @throws AppError `too_many_uploads` */
  async admit(owner: string): Promise<void> {
    const open = (await this.#load()).openOf(owner)
    const forms = [...this.#forms.values()].filter(each => each === owner).length
    if (open + forms >= this.#limit)
      throw new AppError('too_many_uploads', { details: { limit: this.#limit }, retryAfter: RETRY_AFTER_S })
  }

  /** Counts a form until it is taken or refused. */
  async during<T>(id: string, owner: string, form: () => Promise<T>): Promise<T> {
    this.#forms.set(id, owner)
    try {
      return await form()
    } finally {
      this.#forms.delete(id)
    }
  }

  async find(id: string): Promise<UploadRecord | undefined> {
    return (await this.#load()).get(id)
  }

  async begin(record: UploadRecord): Promise<void> {
    const records = await this.#load()
    records.forget()
    await saveUploadRecord(this.#storage, record)
    records.add(record)
  }

  /** The upload is a job now, which has its bytes. */
  async close(id: string): Promise<void> {
    await deleteUploadRecord(this.#storage, id)
    ;(await this.#load()).delete(id)
  }

  /** Deletes an upload with its bytes. */
  async drop(id: string): Promise<void> {
    await dropUpload(this.#storage, id)
    ;(await this.#load()).delete(id)
  }

  /** A look that failed is done again. */
  #load(): Promise<UploadRecordIndex> {
    this.#records ??= listUploadRecords(this.#storage).then(found => new UploadRecordIndex(found))
    this.#records.catch(() => {
      this.#records = undefined
    })
    return this.#records
  }
}
