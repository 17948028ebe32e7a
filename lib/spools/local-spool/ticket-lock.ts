import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import type { UploadLease } from '#lib/spool.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import type { Ticket, TicketFolder } from './ticket-folder.ts'

/** How often a holder renews its ticket and checks for newer ones, in milliseconds. */
const HOLDER_LOOKS_MS = 200
/** How often a waiting caller checks whether it is next, in milliseconds. */
const WAITING_LOOKS_MS = 20
/** A holder that did not renew for this long counts as dead, and loses the lock if it wakes up. In milliseconds. */
const SILENT_MS = 10_000

interface Life {
  /** By the clock of the holder. */
  shownAt: number
  /** By the clock of this process, in milliseconds. */
  seenAt: number
}

/**
 * Allows one caller at a time, over all processes that share a folder, in the order of their tickets. A ticket is valid
 * once it exists and no newer one was seen, otherwise another is drawn; from then on it only waits for older ones. So
 * of two tickets drawn at once, one has seen the other. Clocks of different processes are never compared.
 */
export class TicketLock {
  readonly #folder: TicketFolder
  readonly #drawn = new Map<Ticket, AbortController>()
  #timer: NodeJS.Timeout | undefined

  constructor(folder: TicketFolder) {
    this.#folder = folder
  }

  /** @throws AppError `storage_full` */
  async lock(key: string): Promise<UploadLease> {
    const mine = this.#draw(key)
    const controller = new AbortController()
    this.#drawn.set(mine, controller)
    this.#timer ??= setInterval(() => this.#look(), HOLDER_LOOKS_MS).unref()
    const release = () => this.#release(mine)
    try {
      await this.#olderGone(mine)
      return { signal: controller.signal, release }
    } catch (error) {
      release()
      throw error
    }
  }

  #draw(key: string): Ticket {
    for (let seen = this.#folder.ofKey(key); ; ) {
      const mine = this.#folder.draw(key, 1 + Math.max(0, ...seen.map(ticket => ticket.number)))
      seen = this.#folder.ofKey(key)
      if (!seen.some(each => each.isNewerThan(mine))) return mine
      this.#folder.remove(mine)
    }
  }

  async #olderGone(mine: Ticket): Promise<void> {
    const lives = new Map<string, Life>()
    for (;;) {
      const older = this.#folder.ofKey(mine.key).filter(each => mine.isNewerThan(each))
      if (older.length === 0) return
      for (const each of older) if (this.#isDead(each, lives)) this.#folder.remove(each)
      await sleep(WAITING_LOOKS_MS)
    }
  }

  #isDead(ticket: Ticket, lives: Map<string, Life>): boolean {
    if (ticket.writerIsDead) return true
    const shownAt = this.#folder.shownAt(ticket)
    const life = lives.get(ticket.name)
    if (life && life.shownAt === shownAt) return performance.now() - life.seenAt > SILENT_MS
    if (shownAt !== undefined) lives.set(ticket.name, { shownAt, seenAt: performance.now() })
    return false
  }

  #look(): void {
    const newest = this.#newest()
    for (const [mine, controller] of this.#drawn) {
      const newer = newest.get(mine.key)?.isNewerThan(mine)
      if (!this.#folder.showLife(mine) || newer) controller.abort(new AppError('upload_taken_over'))
    }
  }

  /** Nothing while the disk cannot be read (too many open files); the next check follows. */
  #newest(): Map<string, Ticket> {
    try {
      return this.#folder.newest()
    } catch {
      return new Map()
    }
  }

  #release(mine: Ticket): void {
    this.#folder.remove(mine)
    this.#drawn.delete(mine)
    if (this.#drawn.size > 0) return
    clearInterval(this.#timer)
    this.#timer = undefined
  }
}
