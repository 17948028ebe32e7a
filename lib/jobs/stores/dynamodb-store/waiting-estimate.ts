import type { DynamodbTable } from './dynamodb-table.ts'
import { readWaiting } from './waiting-items.ts'

/** What may be too old to refuse a job by, in milliseconds; indexes lack changes of about as long. */
const RECENT_MS = 1_000
/** What is too old to accept a job by where not half of a limit is used, in milliseconds. */
const OLD_MS = 15_000

export interface WaitingCount {
  waiting: number
  own: number
}

/** A change that this process made: the owner of a job that began to wait, or null for one that waits no more. */
interface Change {
  owner: string | null
  at: number
}

/**
 * How many jobs wait, by the latest reading of the queue and what this process has written since. What other processes
 * wrote since is not counted: a limit may be passed by what they accept between two readings.
 */
export class WaitingEstimate {
  readonly #table: DynamodbTable
  readonly #changes = new Map<string, Change>()
  #owners = new Map<string, string>()
  #readAt = Number.NEGATIVE_INFINITY
  #reading: Promise<void> | undefined

  constructor(table: DynamodbTable) {
    this.#table = table
  }

  /** Records what this process wrote: whose job waits now, or null for a job that does not wait. */
  wrote(id: string, owner: string | null): void {
    const at = performance.now()
    this.#changes.delete(id)
    this.#changes.set(id, { owner, at })
    // The next count reads the queue first, which shows what is older.
    if (at - this.#readAt > OLD_MS) this.#forgetBefore(at - RECENT_MS)
  }

  /** Counts this job as waiting if the limits allow it; in one step, so that no other takes the same place. */
  async takePlace(id: string, owner: string, limits: WaitingCount): Promise<boolean> {
    await this.#readIfOld(owner, limits)
    const { waiting, own } = this.#count(owner)
    if (waiting >= limits.waiting || own >= limits.own) return false
    this.wrote(id, owner)
    return true
  }

  /** How many wait. The further below these limits, the older the reading may be. */
  async count(owner: string, limits: WaitingCount): Promise<WaitingCount> {
    await this.#readIfOld(owner, limits)
    return this.#count(owner)
  }

  async #readIfOld(owner: string, limits: WaitingCount): Promise<void> {
    const { waiting, own } = this.#count(owner)
    const isFar = waiting < limits.waiting / 2 && own < limits.own / 2
    if (performance.now() - this.#readAt > (isFar ? OLD_MS : RECENT_MS)) await this.#read()
  }

  #count(owner: string): WaitingCount {
    let waiting = 0
    let own = 0
    const add = (one: string) => {
      waiting++
      if (one === owner) own++
    }
    for (const [id, one] of this.#owners) if (!this.#changes.has(id)) add(one)
    for (const { owner: one } of this.#changes.values()) if (one !== null) add(one)
    return { waiting, own }
  }

  #read(): Promise<void> {
    this.#reading ??= this.#readNow().finally(() => {
      this.#reading = undefined
    })
    return this.#reading
  }

  async #readNow(): Promise<void> {
    const startedAt = performance.now()
    const items = await readWaiting(this.#table)
    this.#owners = new Map(items.map(({ id, owner }) => [id, owner]))
    this.#readAt = startedAt
    this.#forgetBefore(startedAt - RECENT_MS)
  }

  #forgetBefore(time: number): void {
    // They are in the order of their time.
    for (const [id, { at }] of this.#changes) {
      if (at > time) return
      this.#changes.delete(id)
    }
  }
}
