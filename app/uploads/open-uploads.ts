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

/** When to try again, in seconds; an upload's end cannot be predicted. */
const RETRY_AFTER_S = 30

/**
 * The open uploads of this process. Their records are in storage for the next process; this one reads them only once,
 * because under load each access to the disk costs more than receiving a part of an upload.
 */
export class OpenUploads {
  readonly #limit: number
  readonly #storage: Storage
  /** Owners by the id of their form. */
  readonly #forms = new Map<string, string>()
  #records: Promise<UploadRecordIndex> | undefined

  constructor(storage: Storage, limit: number) {
    this.#storage = storage
    this.#limit = limit
  }

  /** Checks the owner's limit on open uploads. @throws AppError `too_many_uploads` */
  async admit(owner: string): Promise<void> {
    const open = (await this.#load()).openOf(owner)
    const forms = [...this.#forms.values()].filter(each => each === owner).length
    if (open + forms >= this.#limit)
      throw new AppError('too_many_uploads', { details: { limit: this.#limit }, retryAfter: RETRY_AFTER_S })
  }

  /** Counts a form until it is accepted or refused. */
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

  /** Closes an upload that became a job; the job owns the bytes now. */
  async close(id: string): Promise<void> {
    await deleteUploadRecord(this.#storage, id)
    ;(await this.#load()).delete(id)
  }

  /** Deletes an upload with its bytes. */
  async drop(id: string): Promise<void> {
    await dropUpload(this.#storage, id)
    ;(await this.#load()).delete(id)
  }

  /** A failed load is retried. */
  #load(): Promise<UploadRecordIndex> {
    this.#records ??= listUploadRecords(this.#storage).then(found => new UploadRecordIndex(found))
    this.#records.catch(() => {
      this.#records = undefined
    })
    return this.#records
  }
}
