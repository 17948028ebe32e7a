import { createHash } from 'node:crypto'
import type { IncomingFile } from '#lib/spool.ts'
import type { ListedTicket, TicketObjects } from './ticket-objects.ts'

const SHOW_LIFE_MS = 20_000
/** A holder without a sign of life for this long is dead, by the clocks of service and process. In milliseconds. */
const SILENT_MS = 90_000

/** Files received without the spool: one ticket for each, under the hash of its owner. */
export class IncomingObjects {
  readonly #tickets: TicketObjects
  readonly #mine = new Map<string, ListedTicket>()
  #timer: NodeJS.Timeout | undefined

  constructor(tickets: TicketObjects) {
    this.#tickets = tickets
  }

  /** @throws AppError `storage_full` */
  async register(owner: string): Promise<IncomingFile> {
    const ticket = await this.#tickets.draw(keyOf(owner), 1)
    this.#mine.set(ticket.path, ticket)
    this.#timer ??= setInterval(() => this.#showLife(), SHOW_LIFE_MS).unref()
    return { release: () => this.#release(ticket) }
  }

  async count(owner: string): Promise<number> {
    const since = Date.now() - SILENT_MS
    const found = await this.#tickets.ofKey(keyOf(owner))
    return found.filter(({ path, changedAt }) => this.#mine.has(path) || changedAt > since).length
  }

  async #showLife(): Promise<void> {
    for (const ticket of [...this.#mine.values()]) {
      // A failed sign is made up for by the next one.
      const shown = await this.#tickets.showLifeIfThere(ticket).catch(() => undefined)
      if (shown && this.#mine.has(ticket.path)) this.#mine.set(ticket.path, shown)
    }
  }

  #release(ticket: ListedTicket): void {
    if (!this.#mine.delete(ticket.path)) return
    // A ticket that cannot be removed stops showing life.
    this.#tickets.remove(ticket).catch(() => {})
    if (this.#mine.size > 0) return
    clearInterval(this.#timer)
    this.#timer = undefined
  }
}

function keyOf(owner: string): string {
  return createHash('sha256').update(owner).digest('hex')
}
