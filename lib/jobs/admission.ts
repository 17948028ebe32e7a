/**
 * The rule that refuses a new job. A store applies the same limits once more within its insert, where no other insert
 * can come between.
 */
import { AppError } from '../vocabulary/errors.ts'
import type { JobPorts } from './ports.ts'

export interface AdmissionLimits {
  /** Waiting jobs of all owners. */
  queueLimit: number
  /** Waiting jobs of one owner. */
  ownerLimit: number
}

/** The load of the queue for one owner. Below a limit a number only says that it is below. `perSecond` is the recent throughput in jobs; 0 where no job finished. */
export interface QueueLoad {
  waiting: number
  own: number
  perSecond: number
}

/** The throughput is measured over this time, in milliseconds. */
export const THROUGHPUT_MS = 5 * 60_000

const LEAST_S = 1
const MOST_S = 3600
/** The retry interval where no job finished lately and the throughput is unknown, in seconds. */
const UNKNOWN_S = 60

/**
 * The refusal for this load, with `retryAfter` from the throughput of the last minutes; undefined when the job is
 * accepted.
 */
export function refusalOf(
  load: QueueLoad,
  { queueLimit, ownerLimit }: AdmissionLimits,
): AppError | undefined {
  const { waiting, own, perSecond } = load
  // Not the time of the next free slot: all refused clients would come back for it at once.
  if (waiting >= queueLimit)
    return new AppError('queue_full', { retryAfter: secondsFor(waiting - queueLimit * 0.9, perSecond) })
  if (own < ownerLimit) return undefined
  const ownPerSecond = (perSecond * own) / Math.max(waiting, 1)
  return new AppError('too_many_waiting', {
    details: { limit: ownerLimit },
    retryAfter: secondsFor(own - ownerLimit * 0.9, ownPerSecond),
  })
}

function secondsFor(jobs: number, perSecond: number): number {
  if (perSecond === 0) return UNKNOWN_S
  return Math.min(MOST_S, Math.max(LEAST_S, Math.ceil(jobs / perSecond)))
}

/** Why a job of this owner would be refused now; undefined when there is room. */
export async function whyRefused({ store, limits }: JobPorts, owner: string): Promise<AppError | undefined> {
  return refusalOf(await store.load(owner, limits), limits)
}

/**
 * The same for many requests: those of one owner that arrive while the store is asked share the answer, so that a crowd
 * of senders does not cost others a query each. `create` decides by its insert.
 */
export function createAdmissionCheck(ports: JobPorts): (owner: string) => Promise<AppError | undefined> {
  const asked = new Map<string, Promise<AppError | undefined>>()
  return owner => {
    const running = asked.get(owner)
    if (running !== undefined) return running
    const answer = whyRefused(ports, owner).finally(() => asked.delete(owner))
    asked.set(owner, answer)
    return answer
  }
}
