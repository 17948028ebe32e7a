import { isExpired, type UploadSpool } from '#lib/spool.ts'
import { AppError } from '#lib/vocabulary/errors.ts'

/** Uploads end when their senders want; nobody knows when. */
const RETRY_AFTER_S = 30

/** How many uploads an owner has under way, in all processes: those that are open, and forms. */
export class OpenUploads {
  readonly #limit: number
  readonly #spool: UploadSpool

  constructor(spool: UploadSpool, limit: number) {
    this.#spool = spool
    this.#limit = limit
  }

  /** @throws AppError `too_many_uploads` */
  async admit(owner: string): Promise<void> {
    const open = (await this.#spool.list()).filter(record => record.owner === owner && !isExpired(record))
    if (open.length + (await this.#spool.countIncoming(owner)) >= this.#limit)
      throw new AppError('too_many_uploads', { details: { limit: this.#limit }, retryAfter: RETRY_AFTER_S })
  }

  /** Counts a form until it is taken or refused. */
  async during<T>(owner: string, form: () => Promise<T>): Promise<T> {
    const incoming = await this.#spool.registerIncoming(owner)
    try {
      return await form()
    } finally {
      incoming.release()
    }
  }
}
