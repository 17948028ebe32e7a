import type { JobInsert } from '../../store.ts'
import { nextTurn, turnAfterAll, type WaitingTurns } from '../../turn.ts'
import type { DynamodbTable } from './dynamodb-table.ts'
import type { JobItem } from './job-item.ts'
import { turnOfPlace } from './queue-place.ts'
import { readWaiting } from './waiting-items.ts'

/** What may be too old to refuse a job by, in milliseconds; indexes lack changes of about as long. */
const RECENT_MS = 1_000
/** What is too old to accept a job by where not half of a limit is used, in milliseconds. */
const OLD_MS = 15_000

export interface WaitingCount {
  waiting: number
  own: number
}

const UNLIMITED: WaitingCount = { waiting: Number.POSITIVE_INFINITY, own: Number.POSITIVE_INFINITY }

/** A waiting job as it is counted. */
interface CountedJob {
  owner: string
  turn: number
  /** Whether it may start at once. */
  isReady: boolean
}

export function countedOf({
  owner,
  phaseAt,
  runAt,
}: Pick<JobItem, 'owner' | 'phaseAt' | 'runAt'>): CountedJob {
  return { owner, turn: turnOfPlace(phaseAt), isReady: runAt === undefined }
}

/** A change that this process made: a job that began to wait, or null for one that waits no more. */
interface Change {
  job: CountedJob | null
  at: number
}

/**
 * How many jobs wait and at which turns, by the latest reading of the queue and what this process has written since. What
 * other processes wrote since is not counted: a limit may be passed by what they accept between two readings, and a turn
 * may be a few too low.
 */
export class WaitingEstimate {
  readonly #table: DynamodbTable
  readonly #changes = new Map<string, Change>()
  #read = new Map<string, CountedJob>()
  #readAt = Number.NEGATIVE_INFINITY
  #reading: Promise<void> | undefined

  constructor(table: DynamodbTable) {
    this.#table = table
  }

  /** Records what this process wrote: the job that waits now, or null for one that does not wait. */
  wrote(id: string, job: CountedJob | null): void {
    const at = performance.now()
    this.#changes.delete(id)
    this.#changes.set(id, { job, at })
    // The next count reads the queue first, which shows what is older.
    if (at - this.#readAt > OLD_MS) this.#forgetBefore(at - RECENT_MS)
  }

  /**
   * Counts this job as waiting if the limits allow it, and returns its turn; in one step, so that no other takes the same
   * place.
   */
  async takePlace(
    { id, owner, waitsLast }: Pick<JobInsert, 'id' | 'owner' | 'waitsLast'>,
    limits: WaitingCount,
  ): Promise<number | undefined> {
    await this.#readIfOld(owner, limits)
    const { waiting, own } = this.#count(owner)
    if (waiting >= limits.waiting || own >= limits.own) return undefined
    const turn = waitsLast ? turnAfterAll(this.#highest()) : nextTurn(this.#turns(owner))
    this.wrote(id, { owner, turn, isReady: true })
    return turn
  }

  /** How many wait. The further below these limits, the older the reading may be. */
  async count(owner: string, limits: WaitingCount): Promise<WaitingCount> {
    await this.#readIfOld(owner, limits)
    return this.#count(owner)
  }

  /** The turn of a job of this owner that begins to wait. */
  async nextTurn(owner: string): Promise<number> {
    await this.#readIfOld(owner, UNLIMITED)
    return nextTurn(this.#turns(owner))
  }

  async #readIfOld(owner: string, limits: WaitingCount): Promise<void> {
    const { waiting, own } = this.#count(owner)
    const isFar = waiting < limits.waiting / 2 && own < limits.own / 2
    if (performance.now() - this.#readAt > (isFar ? OLD_MS : RECENT_MS)) await this.#readOnce()
  }

  #count(owner: string): WaitingCount {
    const all = this.#waiting()
    return { waiting: all.length, own: all.filter(job => job.owner === owner).length }
  }

  #turns(owner: string): WaitingTurns {
    const turns: WaitingTurns = {}
    for (const job of this.#waiting()) {
      if (job.isReady) turns.lowest = Math.min(turns.lowest ?? job.turn, job.turn)
      if (job.owner === owner) turns.ownLast = Math.max(turns.ownLast ?? job.turn, job.turn)
    }
    return turns
  }

  #highest(): number {
    return Math.max(0, ...this.#waiting().map(({ turn }) => turn))
  }

  #waiting(): CountedJob[] {
    const unchanged = [...this.#read].filter(([id]) => !this.#changes.has(id)).map(([, job]) => job)
    return [...unchanged, ...[...this.#changes.values()].flatMap(({ job }) => job ?? [])]
  }

  #readOnce(): Promise<void> {
    this.#reading ??= this.#readNow().finally(() => {
      this.#reading = undefined
    })
    return this.#reading
  }

  async #readNow(): Promise<void> {
    const startedAt = performance.now()
    const items = await readWaiting(this.#table)
    this.#read = new Map(items.map(item => [item.id, countedOf(item)]))
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
