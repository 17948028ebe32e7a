import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import type { UploadLease } from '#lib/spool.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import type { ListedTicket, TicketObjects } from './ticket-objects.ts'

/** In milliseconds. */
export interface LockTimes {
  /** How often a process that holds locks looks for newer tickets: one listing, however many it holds. */
  holderLooks: number
  /** After this time a holder without a ticket draws one: most hold for less, and each ticket is paid for. */
  drawsLate: number
  /** How often a holder shows life. */
  showsLife: number
  /** How often a waiting caller looks whether it is next. */
  waitingLooks: number
  /** A holder that did not show life for this long counts as dead, and loses the lock if it wakes up. */
  silent: number
}

export const LOCK_TIMES: LockTimes = {
  holderLooks: 1_000,
  drawsLate: 5_000,
  showsLife: 4_000,
  waitingLooks: 100,
  silent: 15_000,
}

interface Hold {
  key: string
  /** Undefined for one that has not told other processes of itself. */
  ticket: ListedTicket | undefined
  controller: AbortController
  isReleased: boolean
  /** The sign of life that is under way: a ticket that is removed meanwhile might come back with it. */
  showing: Promise<unknown>
  /** By the clock of this process. */
  shownAt: number
}

/** Tickets that are drawn late are older than all others: their holders were there before. */
const FIRST_NUMBER = 1
const LATE_NUMBER = 0

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
  readonly #holds = new Set<Hold>()
  readonly #releasing = new Map<string, Promise<unknown>>()
  /** The holds without a ticket, and what is called when they end. */
  readonly #quiet = new Map<string, { hold: Hold; ended: Promise<void>; end(): void }>()
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
    const hold = this.#begin(key, mine)
    try {
      const quiet = this.#quiet.get(key)
      quiet?.hold.controller.abort(takenOver())
      await quiet?.ended
      await this.#gone(older, mine)
      return this.#leaseOf(hold)
    } catch (error) {
      this.#release(hold)
      throw error
    }
  }

  /**
   * Allows a caller who has reason to believe that no other process wants this at once, and asks none. It draws a ticket
   * after a while. Undefined where another caller of this process is there.
   */
  async lockQuietly(key: string): Promise<UploadLease | undefined> {
    await this.#releasing.get(key)
    if ([...this.#holds].some(hold => hold.key === key)) return undefined
    const hold = this.#begin(key, undefined)
    const { promise: ended, resolve: end } = Promise.withResolvers<void>()
    this.#quiet.set(key, { hold, ended, end })
    return this.#leaseOf(hold)
  }

  #begin(key: string, ticket: ListedTicket | undefined): Hold {
    const hold: Hold = {
      ...{ key, ticket, isReleased: false, showing: Promise.resolve() },
      controller: new AbortController(),
      shownAt: performance.now(),
    }
    this.#holds.add(hold)
    this.#timer ??= setInterval(() => this.#lookOnce(), this.#times.holderLooks).unref()
    return hold
  }

  #leaseOf(hold: Hold): UploadLease {
    return { signal: hold.controller.signal, release: () => this.#release(hold) }
  }

  /** Most uploads have one caller, so the first ticket is drawn without looking. */
  async #draw(key: string): Promise<{ mine: ListedTicket; older: ListedTicket[] }> {
    for (let number = FIRST_NUMBER; ; ) {
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
    for (const hold of this.#holds) if (!hold.ticket) await this.#drawLate(hold)
    // Before the listing, which does not show those that are drawn meanwhile.
    const mine = [...this.#holds].filter(({ ticket }) => ticket)
    if (mine.length === 0) return
    const there = new Map((await this.#tickets.all()).map(ticket => [ticket.path, ticket]))
    const newest = newestOf([...there.values()])
    for (const hold of mine) {
      const found = there.get(hold.ticket?.path ?? '')
      if (!found || newest.get(hold.key)?.isNewerThan(found)) hold.controller.abort(takenOver())
      else await this.#showLife(hold, found)
    }
  }

  async #drawLate(hold: Hold): Promise<void> {
    if (performance.now() - hold.shownAt < this.#times.drawsLate) return
    const ticket = await this.#tickets.draw(hold.key, LATE_NUMBER)
    hold.ticket = ticket
    hold.shownAt = performance.now()
    if (hold.isReleased) await this.#tickets.remove(ticket)
  }

  async #showLife(hold: Hold, found: ListedTicket): Promise<void> {
    if (hold.isReleased || performance.now() - hold.shownAt < this.#times.showsLife) return
    hold.showing = this.#tickets.showLifeIfThere(found)
    await hold.showing
    hold.shownAt = performance.now()
  }

  /** While the bucket cannot be reached, others that reach it will take this process for dead. */
  #giveUpSilent(): void {
    const since = performance.now() - this.#times.silent
    for (const { shownAt, controller } of this.#holds) if (shownAt < since) controller.abort(takenOver())
  }

  #release(hold: Hold): void {
    if (!this.#holds.delete(hold)) return
    hold.isReleased = true
    const quiet = this.#quiet.get(hold.key)
    if (quiet?.hold === hold) {
      this.#quiet.delete(hold.key)
      quiet.end()
    }
    if (hold.ticket) this.#remove(hold.ticket, hold.showing)
    if (this.#holds.size > 0) return
    clearInterval(this.#timer)
    this.#timer = undefined
  }

  #remove(ticket: ListedTicket, showing: Promise<unknown>): void {
    const { key } = ticket
    const remove = () => this.#tickets.remove(ticket)
    // A ticket that cannot be removed stops showing life.
    const removing = showing.then(remove, remove).catch(() => {})
    const all = Promise.all([this.#releasing.get(key), removing])
    this.#releasing.set(key, all)
    void all.then(() => {
      if (this.#releasing.get(key) === all) this.#releasing.delete(key)
    })
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
