import { performance } from 'node:perf_hooks'
import { type IncomingFile, isExpired, type UploadSpool } from '#lib/spool.ts'
import { AppError } from '#lib/vocabulary/errors.ts'

/** When to try again, in seconds; an upload's end cannot be predicted. */
const RETRY_AFTER_S = 30
/** So long a look at all open uploads may serve owners who have few: a bucket takes money for each. In milliseconds. */
const FAR_MS = 10_000
/** The same from a quarter of the limit on. */
const HINT_MS = 500
/** The same from half of it on: other processes add little in so short a time, and a crowd costs few looks. */
const NEAR_LIMIT_MS = 50
const LAST = 10

/** How many uploads an owner has under way, in all processes: those that are open, and forms. */
export class OpenUploads {
  readonly #limit: number
  readonly #spool: UploadSpool
  /** Open uploads by owner when this process looked, and what it has let in since. */
  #seen = new Map<string, number>()
  /** Forms by owner in this process, and in the others as far as they were counted since the last look. */
  readonly #ownForms = new Map<string, number>()
  #otherForms = new Map<string, number>()
  #seenAt = Number.NEGATIVE_INFINITY

  constructor(spool: UploadSpool, limit: number) {
    this.#spool = spool
    this.#limit = limit
  }

  /** Checks the owner's limit on open uploads. @throws AppError `too_many_uploads` */
  async admit(owner: string): Promise<void> {
    const [age, underWay] = [performance.now() - this.#seenAt, await this.#underWay(owner)]
    const nearMs = 2 * underWay >= this.#limit ? NEAR_LIMIT_MS : HINT_MS
    const hintMs = 4 * underWay >= this.#limit ? nearMs : FAR_MS
    // The last ones are counted anew each time: another process may have taken them, or given some back.
    if (this.#limit - underWay <= LAST || age > hintMs) await this.#look()
    if ((await this.#underWay(owner)) >= this.#limit)
      throw new AppError('too_many_uploads', { details: { limit: this.#limit }, retryAfter: RETRY_AFTER_S })
    this.#seen.set(owner, this.#seenOf(owner) + 1)
  }

  /** Counts a form until it is accepted or refused. */
  async during<T>(owner: string, form: () => Promise<T>): Promise<T> {
    this.#countForm(owner, 1)
    let incoming: IncomingFile | undefined
    try {
      incoming = await this.#spool.registerIncoming(owner)
      return await form()
    } finally {
      incoming?.release()
      this.#countForm(owner, -1)
    }
  }

  #countForm(owner: string, change: 1 | -1): void {
    const count = (this.#ownForms.get(owner) ?? 0) + change
    if (count > 0) this.#ownForms.set(owner, count)
    else this.#ownForms.delete(owner)
  }

  /** Reads the folder of forms only once between two looks: it has a file for every form of every owner. */
  async #underWay(owner: string): Promise<number> {
    const own = this.#ownForms.get(owner) ?? 0
    let others = this.#otherForms.get(owner)
    if (others === undefined) {
      others = Math.max(0, (await this.#spool.countIncoming(owner)) - own)
      this.#otherForms.set(owner, others)
    }
    return this.#seenOf(owner) + own + others
  }

  async #look(): Promise<void> {
    const records = await this.#spool.list()
    const open = records.filter(record => !isExpired(record))
    this.#seen = new Map(
      [...Map.groupBy(open, record => record.owner)].map(([owner, own]) => [owner, own.length]),
    )
    this.#otherForms = new Map()
    this.#seenAt = performance.now()
  }

  #seenOf(owner: string): number {
    return this.#seen.get(owner) ?? 0
  }
}
