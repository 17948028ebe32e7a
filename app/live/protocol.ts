import type { JobEvent } from '#lib/jobs.ts'
import type { JobError, QueuePosition } from '#lib/vocabulary/job.ts'
import type { Snapshot } from '#lib/vocabulary/snapshot.ts'

/** Progress between two snapshots. Order all events of a job by (version, tick); a snapshot counts as tick 0. */
export type Tick = Omit<Extract<JobEvent, { type: 'progress' }>, 'type'>

/** The jobs that a page subscribes to: the listed ones, all of a batch, or all of this browser. */
export type Subscription = { jobIds: readonly string[] } | { batchId: string } | { mine: true }

/** The current jobs, or why the subscription was refused. */
export type SubscriptionAnswer = { jobs: Snapshot[] } | { error: JobError }

/** A waiting job that stands elsewhere in the queue now; nothing else of it changed. */
export interface MovedJob {
  id: string
  queue: QueuePosition
}

/** The limit of one subscription; a page with more jobs subscribes several times. */
export const MOST_JOBS = 500

export interface ServerEvents {
  job(snapshot: Snapshot): void
  progress(tick: Tick): void
  positions(moved: readonly MovedJob[]): void
  gone(job: { id: string }): void
  /** Events may have been missed: subscribe again. */
  resync(): void
}

export interface ClientEvents {
  subscribe(to: Subscription, answer: (now: SubscriptionAnswer) => void): void
}
