import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import type { UploadLease } from '#lib/spool.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import type { ListedTicket, TicketObjects } from './ticket-objects.ts'

/** In milliseconds. */
export interface LockTimes {
  /** How often a process that holds locks looks for newer tickets: one listing, however many it holds. */
  holderLooks: number
  /** How often a holder shows life. */
  showsLife: number
  /** How often a waiting caller looks whether it is next. */
  waitingLooks: number
  /** A holder that did not show life for this long counts as dead, and loses the lock if it wakes up. */
  silent: number
}

export const LOCK_TIMES: LockTimes = {
  holderLooks: 1_000,
  showsLife: 4_000,
  waitingLooks: 100,
  silent: 15_000,
}

interface DrawnTicket {
  ticket: ListedTicket
  controller: AbortController
  /** By the clock of this process. */
  shownAt: number
}

/** What a waiting caller saw of an older ticket. */
interface Life {
  etag: string
  /** By the clock of this process. */
  seenAt: number
}

/**
 * Allows one caller at a time, over all processes that share a bucket, in the order of their tickets. A ticket is valid
 * once it exists and a listing shows no newer one, otherwise another is drawn; from then on it only waits for older
 * ones. A listing shows every write that ended before it, so of two tickets drawn at once one has seen the other.
 * Clocks of different processes are never compared.
 */
export class ObjectLock {
  readonly #tickets: TicketObjects
  readonly #times: LockTimes
  readonly #drawn = new Map<string, DrawnTicket>()
  readonly #releasing = new Map<string, Promise<unknown>>()
  #timer: NodeJS.Timeout | undefined
  #look: Promise<void> | undefined

  constructor(tickets: TicketObjects, times: LockTimes) {
    this.#tickets = tickets
    this.#times = times
  }

  /** @throws AppError `storage_full` */
  async lock(key: string): Promise<UploadLease> {
    // A ticket of this process that is on its way out would be waited for.
    await this.#releasing.get(key)
    const { mine, older } = await this.#draw(key)
    const controller = new AbortController()
    this.#drawn.set(mine.path, { ticket: mine, controller, shownAt: performance.now() })
    this.#timer ??= setInterval(() => this.#lookOnce(), this.#times.holderLooks).unref()
    const release = () => this.#release(mine)
    try {
      await this.#gone(older, mine)
      return { signal: controller.signal, release }
    } catch (error) {
      release()
      throw error
    }
  }

  /** Most uploads have one caller, so the first ticket is drawn without looking. */
  async #draw(key: string): Promise<{ mine: ListedTicket; older: ListedTicket[] }> {
    for (let number = 1; ; ) {
      const mine = await this.#tickets.draw(key, number)
      const seen = await this.#tickets.ofKey(key)
      if (!seen.some(each => each.isNewerThan(mine))) return { mine, older: olderThan(mine, seen) }
      await this.#tickets.remove(mine)
      number = 1 + Math.max(...seen.map(ticket => ticket.number))
    }
  }

  /** Waits until no ticket is older than `mine`. */
  async #gone(seen: readonly ListedTicket[], mine: ListedTicket): Promise<void> {
    const lives = new Map<string, Life>()
    for (let older = seen; older.length > 0; older = olderThan(mine, await this.#tickets.ofKey(mine.key))) {
      for (const each of older) if (this.#isDead(each, lives)) await this.#tickets.remove(each)
      await sleep(this.#times.waitingLooks)
    }
  }

  #isDead({ path, etag }: ListedTicket, lives: Map<string, Life>): boolean {
    const life = lives.get(path)
    if (life?.etag === etag) return performance.now() - life.seenAt > this.#times.silent
    lives.set(path, { etag, seenAt: performance.now() })
    return false
  }

  #lookOnce(): void {
    this.#look ??= this.#lookForNewer()
      .catch(() => this.#giveUpSilent())
      .finally(() => {
        this.#look = undefined
      })
  }

  async #lookForNewer(): Promise<void> {
    // Before the listing, which does not show those that are drawn meanwhile.
    const mine = [...this.#drawn.values()]
    const there = new Map((await this.#tickets.all()).map(ticket => [ticket.path, ticket]))
    const newest = newestOf([...there.values()])
    for (const drawn of mine) {
      const { path, key } = drawn.ticket
      const found = there.get(path)
      if (!found || newest.get(key)?.isNewerThan(found)) drawn.controller.abort(takenOver())
      else await this.#showLife(drawn, found)
    }
  }

  async #showLife(drawn: DrawnTicket, found: ListedTicket): Promise<void> {
    if (performance.now() - drawn.shownAt < this.#times.showsLife) return
    await this.#tickets.showLifeIfThere(found)
    drawn.shownAt = performance.now()
  }

  /** While the bucket cannot be reached, others that reach it will take this process for dead. */
  #giveUpSilent(): void {
    const since = performance.now() - this.#times.silent
    for (const { shownAt, controller } of this.#drawn.values())
      if (shownAt < since) controller.abort(takenOver())
  }

  #release(mine: ListedTicket): void {
    if (!this.#drawn.delete(mine.path)) return
    const { key } = mine
    // A ticket that cannot be removed stops showing life.
    const removing = this.#tickets.remove(mine).catch(() => {})
    const all = Promise.all([this.#releasing.get(key), removing])
    this.#releasing.set(key, all)
    void all.then(() => {
      if (this.#releasing.get(key) === all) this.#releasing.delete(key)
    })
    if (this.#drawn.size > 0) return
    clearInterval(this.#timer)
    this.#timer = undefined
  }
}

function olderThan(mine: ListedTicket, tickets: readonly ListedTicket[]): ListedTicket[] {
  return tickets.filter(each => mine.isNewerThan(each))
}

function newestOf(tickets: readonly ListedTicket[]): Map<string, ListedTicket> {
  const newest = new Map<string, ListedTicket>()
  for (const ticket of tickets) {
    const other = newest.get(ticket.key)
    if (!other || ticket.isNewerThan(other)) newest.set(ticket.key, ticket)
  }
  return newest
}

const takenOver = () => new AppError('upload_taken_over')
