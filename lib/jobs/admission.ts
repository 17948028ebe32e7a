/** Whether one more job is taken. All implementations of Jobs reckon alike. */
import { AppError } from '../vocabulary/errors.ts'

export interface AdmissionLimits {
  /** Waiting jobs of all owners. */
  queueLimit: number
  /** Waiting jobs of one owner. */
  ownerLimit: number
}

/** How the queue stands for one owner. `perSecond` is how many jobs ended lately, 0 where none did. */
export interface QueueLoad {
  waiting: number
  own: number
  perSecond: number
}

/** Over so many milliseconds the throughput is taken. */
export const THROUGHPUT_MS = 5 * 60_000

const LEAST_S = 1
const MOST_S = 3600
/** Nothing ended lately: nobody knows, so ask now and then. */
const UNKNOWN_S = 60

/** The refusal that is due, with the time after which there is room, by the throughput of the last minutes. */
export function refusalOf(
  load: QueueLoad,
  { queueLimit, ownerLimit }: AdmissionLimits,
): AppError | undefined {
  const { waiting, own, perSecond } = load
  // Not the very next place: all who wait would come back for it at once.
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
