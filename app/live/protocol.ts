import type { JobEvent } from '#lib/jobs.ts'
import type { BatchView } from '#lib/vocabulary/batch.ts'
import type { JobError, QueuePosition } from '#lib/vocabulary/job.ts'
import type { FacetCounts, JobListing } from '#lib/vocabulary/job-filter.ts'
import type { Snapshot } from '#lib/vocabulary/snapshot.ts'
import type { Overview } from '../overview/overview.ts'
import type { WorkerRow } from '../overview/worker-row.ts'

/** Progress between two snapshots. Order all events of a job by (version, tick); a snapshot counts as tick 0. */
export type Tick = Omit<Extract<JobEvent, { type: 'progress' }>, 'type'>

/** The jobs that a page subscribes to: the listed ones, those of a batch for whoever knows it, or all of this browser. */
export type Subscription = { jobIds: readonly string[] } | { batchId: string } | { mine: true }

/** The current jobs, with their batch where it was asked for (null before its first job), or why the subscription was refused. */
export type SubscriptionAnswer = { jobs: Snapshot[]; batch?: BatchView | null } | { error: JobError }

/** A waiting job that stands elsewhere in the queue now; nothing else of it changed. */
export interface MovedJob {
  id: string
  queue: QueuePosition
}

/** The limit of one subscription; a page with more jobs subscribes several times. */
export const MOST_JOBS = 500

/** What is pushed to operators who look at it. */
export const OPERATOR_TOPICS = ['jobs', 'overview', 'workers'] as const

export type OperatorTopic = (typeof OPERATOR_TOPICS)[number]

/** The topics of which all is pushed once a second while an operator looks. */
export interface PushedTopics {
  overview: Overview
  workers: WorkerRow[]
}

export interface ServerEvents {
  job(snapshot: Snapshot): void
  progress(tick: Tick): void
  /**
   * At most once a second for each batch. Drop a version that is older than what you know, unless a `gone` of one of
   * its jobs came in between.
   */
  batch(batch: BatchView): void
  positions(moved: readonly MovedJob[]): void
  gone(job: { id: string }): void
  /** To operators who watch the topic. */
  topic(pushed: { topic: keyof PushedTopics; now: PushedTopics[keyof PushedTopics] }): void
  /** For operators: jobs that changed, and the counts of all. At most once a second. */
  jobRows(changes: { rows: readonly JobListing[]; counts: FacetCounts }): void
  /** Events may have been missed: subscribe again. */
  resync(): void
}

export type WatchAnswer = { ok: true } | { error: JobError }

export interface ClientEvents {
  subscribe(to: Subscription, answer: (now: SubscriptionAnswer) => void): void
  /** For operators, by the cookie of the handshake: the socket hears of the topic until their session ends. */
  watch(topic: OperatorTopic, answer: (now: WatchAnswer) => void): void
  /** Answered at once: a page with unfinished jobs asks whether anybody is there. */
  alive(answer: () => void): void
}
