/** The rule that accepts or refuses a new job. All implementations of Jobs use it. */
import { AppError } from '../vocabulary/errors.ts'

export interface AdmissionLimits {
  /** Waiting jobs of all owners. */
  queueLimit: number
  /** Waiting jobs of one owner. */
  ownerLimit: number
}

/** The load of the queue for one owner. `perSecond` is the recent throughput in jobs; 0 where no job finished. */
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
