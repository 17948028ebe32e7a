import { createHash } from 'node:crypto'
import type { IncomingFile } from '#lib/spool.ts'
import type { ListedTicket, TicketObjects } from './ticket-objects.ts'

/** A file that has come within this time needs no ticket: other processes count it a moment too late or not at all. */
const FIRST_SIGN_MS = 2_000
const SHOW_LIFE_MS = 20_000
/** A holder without a sign of life for this long is dead, by the clocks of service and process. In milliseconds. */
const SILENT_MS = 90_000

/** A file that is being received here. */
interface Receiving {
  key: string
  /** Undefined until the file has taken a while. */
  ticket: ListedTicket | undefined
  timer: NodeJS.Timeout
}

/** Files received without the spool: one ticket for each that takes a while, under the hash of its owner. */
export class IncomingObjects {
  readonly #tickets: TicketObjects
  readonly #mine = new Set<Receiving>()

  constructor(tickets: TicketObjects) {
    this.#tickets = tickets
  }

  register(owner: string): IncomingFile {
    const receiving: Receiving = {
      key: keyOf(owner),
      ticket: undefined,
      timer: setTimeout(() => void this.#showLife(receiving), FIRST_SIGN_MS).unref(),
    }
    this.#mine.add(receiving)
    return { release: () => this.#release(receiving) }
  }

  async count(owner: string): Promise<number> {
    const since = Date.now() - SILENT_MS
    const mine = [...this.#mine].filter(({ key }) => key === keyOf(owner))
    const paths = new Set(mine.map(({ ticket }) => ticket?.path))
    const found = await this.#tickets.ofKey(keyOf(owner))
    const others = found.filter(({ path, changedAt }) => !paths.has(path) && changedAt > since)
    return mine.length + others.length
  }

  async #showLife(receiving: Receiving): Promise<void> {
    const { key, ticket } = receiving
    const showing = ticket ? this.#tickets.showLifeIfThere(ticket) : this.#tickets.draw(key, 1)
    // A failed sign is made up for by the next one.
    const shown = await showing.catch(() => undefined)
    receiving.ticket = shown ?? ticket
    if (!this.#mine.has(receiving)) return this.#remove(receiving)
    receiving.timer = setTimeout(() => void this.#showLife(receiving), SHOW_LIFE_MS).unref()
  }

  #release(receiving: Receiving): void {
    if (!this.#mine.delete(receiving)) return
    clearTimeout(receiving.timer)
    this.#remove(receiving)
  }

  /** A ticket that cannot be removed stops showing life. */
  #remove({ ticket }: Receiving): void {
    if (ticket) this.#tickets.remove(ticket).catch(() => {})
  }
}

function keyOf(owner: string): string {
  return createHash('sha256').update(owner).digest('hex')
}
