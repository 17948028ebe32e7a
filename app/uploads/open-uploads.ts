import { performance } from 'node:perf_hooks'
import { isExpired, type UploadSpool } from '#lib/spool.ts'
import { AppError } from '#lib/vocabulary/errors.ts'

/** When to try again, in seconds; an upload's end cannot be predicted. */
const RETRY_AFTER_S = 30
/** So long a look at all open uploads may serve owners that are far from their limit. */
const HINT_MS = 500

/** How many uploads an owner has under way, in all processes: those that are open, and forms. */
export class OpenUploads {
  readonly #limit: number
  readonly #spool: UploadSpool
  /** Open uploads by owner when this process looked, and what it has let in since. */
  #seen = new Map<string, number>()
  #seenAt = Number.NEGATIVE_INFINITY

  constructor(spool: UploadSpool, limit: number) {
    this.#spool = spool
    this.#limit = limit
  }

  /** Checks the owner's limit on open uploads. @throws AppError `too_many_uploads` */
  async admit(owner: string): Promise<void> {
    const forms = await this.#spool.countIncoming(owner)
    const isOld = performance.now() - this.#seenAt > HINT_MS
    // In so short a time no other process opens half of what an owner may have: from there on it is counted anew.
    if (isOld || 2 * (this.#seenOf(owner) + forms) >= this.#limit) await this.#look()
    if (this.#seenOf(owner) + forms >= this.#limit)
      throw new AppError('too_many_uploads', { details: { limit: this.#limit }, retryAfter: RETRY_AFTER_S })
    this.#seen.set(owner, this.#seenOf(owner) + 1)
  }

  /** Counts a form until it is accepted or refused. */
  async during<T>(owner: string, form: () => Promise<T>): Promise<T> {
    const incoming = await this.#spool.registerIncoming(owner)
    try {
      return await form()
    } finally {
      incoming.release()
    }
  }

  async #look(): Promise<void> {
    const records = await this.#spool.list()
    const open = records.filter(record => !isExpired(record))
    this.#seen = new Map(
      [...Map.groupBy(open, record => record.owner)].map(([owner, own]) => [owner, own.length]),
    )
    this.#seenAt = performance.now()
  }

  #seenOf(owner: string): number {
    return this.#seen.get(owner) ?? 0
  }
}
