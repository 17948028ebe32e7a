import { isExpired, type UploadSpool } from '#lib/spool.ts'
import { AppError } from '#lib/vocabulary/errors.ts'

/** Uploads end when their senders want; nobody knows when. */
const RETRY_AFTER_S = 30

/** How many uploads an owner has under way: those in the spool, whichever process opened them, and forms. */
export class OpenUploads {
  readonly #limit: number
  readonly #spool: UploadSpool
  /** Owners by the number of their form. */
  readonly #forms = new Map<string, string>()

  constructor(spool: UploadSpool, limit: number) {
    this.#spool = spool
    this.#limit = limit
  }

  /** @throws AppError `too_many_uploads` */
  async admit(owner: string): Promise<void> {
    const open = (await this.#spool.list()).filter(record => record.owner === owner && !isExpired(record))
    const forms = [...this.#forms.values()].filter(each => each === owner)
    if (open.length + forms.length >= this.#limit)
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
}
