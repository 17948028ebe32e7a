import { AppError } from '#lib/errors.ts'
import type { Storage } from '#lib/storage.ts'
import { isOver, listUploads } from '#lib/uploads.ts'

/** Uploads end when their senders want; nobody knows when. */
const RETRY_AFTER_S = 30

type Entry = { owner: string; isOver(): boolean }

/** Whose uploads are under way, forms and resumable ones alike. */
export class OpenUploads {
  readonly #limit: number
  readonly #storage: Storage
  #entries: Promise<Map<string, Entry>> | undefined

  constructor(storage: Storage, limit: number) {
    this.#storage = storage
    this.#limit = limit
  }

  /** @throws AppError `too_many_uploads` */
  async admit(owner: string): Promise<void> {
    const entries = await this.#load()
    for (const [id, entry] of entries) if (entry.isOver()) entries.delete(id)
    const open = [...entries.values()].filter(entry => entry.owner === owner)
    if (open.length >= this.#limit)
      throw new AppError('too_many_uploads', { details: { limit: this.#limit }, retryAfter: RETRY_AFTER_S })
  }

  async begin(id: string, entry: { owner: string; expiresAt?: string }): Promise<void> {
    const { owner, expiresAt } = entry
    const over = expiresAt === undefined ? () => false : () => isOver({ expiresAt })
    ;(await this.#load()).set(id, { owner, isOver: over })
  }

  async end(id: string): Promise<void> {
    ;(await this.#load()).delete(id)
  }

  /** Those from before a restart are found once, with the first question; a failed look is done again. */
  #load(): Promise<Map<string, Entry>> {
    this.#entries ??= listUploads(this.#storage).then(
      records =>
        new Map(records.map(record => [record.id, { owner: record.owner, isOver: () => isOver(record) }])),
    )
    this.#entries.catch(() => {
      this.#entries = undefined
    })
    return this.#entries
  }
}
