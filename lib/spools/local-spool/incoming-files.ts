import { createHash } from 'node:crypto'
import type { IncomingFile } from '#lib/spool.ts'
import type { Ticket, TicketFolder } from './ticket-folder.ts'

const SHOW_LIFE_MS = 10_000
/** A holder without a sign of life for this long is dead, on any host. In milliseconds. */
const SILENT_MS = 60_000

/** Files received without the spool: one ticket for each, under the hash of its owner. */
export class IncomingFiles {
  readonly #folder: TicketFolder
  /** Those of this process by name: it need not ask the disk whether they are alive. */
  readonly #mine = new Map<string, Ticket>()
  #timer: NodeJS.Timeout | undefined

  constructor(folder: TicketFolder) {
    this.#folder = folder
  }

  /** @throws AppError `storage_full` */
  register(owner: string): IncomingFile {
    const ticket = this.#folder.draw(keyOf(owner), 1)
    this.#mine.set(ticket.name, ticket)
    this.#timer ??= setInterval(() => this.#showLife(), SHOW_LIFE_MS).unref()
    return { release: () => this.#release(ticket) }
  }

  count(owner: string): number {
    const since = Date.now() - SILENT_MS
    return this.#folder
      .ofKey(keyOf(owner))
      .filter(ticket => this.#mine.has(ticket.name) || this.#isAlive(ticket, since)).length
  }

  #isAlive(ticket: Ticket, since: number): boolean {
    return !ticket.writerIsDead && (this.#folder.shownAt(ticket) ?? 0) > since
  }

  #showLife(): void {
    for (const ticket of this.#mine.values()) this.#folder.showLife(ticket)
  }

  #release(ticket: Ticket): void {
    this.#folder.remove(ticket)
    this.#mine.delete(ticket.name)
    if (this.#mine.size > 0) return
    clearInterval(this.#timer)
    this.#timer = undefined
  }
}

function keyOf(owner: string): string {
  return createHash('sha256').update(owner).digest('hex')
}
