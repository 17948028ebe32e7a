/**
 * What jobs are, and the contract of the queue. The browser reads it too.
 * The contract in a sentence: a created job is delivered at least once; a job that was not created is never
 * delivered; a result is published at most once.
 */

import type { Flags } from './scan/flags.ts'
import type { ConversionReport } from './vocabulary/conversion-report.ts'
import type { JobError, JobState, Options, Progress, QueuePosition, Range } from './vocabulary/job.ts'

export { JOBS_PREFIX, jobPrefix, resultKey, sourceKey, thumbnailKey } from './job-keys.ts'

/** The bytes a person gets. `key` names them in storage; `sha256` is hexadecimal. */
export interface JobResult {
  key: string
  fileName: string
  bytes: number
  pages: number | null
  sha256: string
}

/** How long the phases of a completed attempt took, in milliseconds. */
export interface Timings {
  loadMs: number
  exportMs: number
}

/** What is kept of a completed attempt beside its result. */
export interface Completion {
  timings?: Timings | undefined
  report?: ConversionReport
}

/** What finished jobs of the same kind teach: null where they are too few or too different. */
export interface Pace {
  /** Which part of the engine's time loading takes, from 0 to 1. */
  loadShare: number | null
  /** How long the whole takes, in seconds. */
  seconds: Range | null
}

export type AttemptOutcome = 'completed' | 'failed' | 'cancelled' | 'lost' | 'handed_back'

/** One try at a job, kept for the timeline. `number` counts from 1; the one after a hand-back has the same again. */
export interface AttemptRecord {
  number: number
  worker: string
  startedAt: Date
  endedAt: Date | null
  outcome: AttemptOutcome | null
  errorCode: string | null
}

/** One source file to one target. */
export interface Job {
  id: string
  batchId: string
  owner: string
  fileName: string
  source: { format: string; bytes: number; sha256: string }
  /** What the scan saw in the source; null where nobody looked. */
  flags: Flags | null
  target: string
  options: Options
  /** Secret options such as passwords, sealed: whoever has SECRET can open them. */
  sealed: string | null
  state: JobState
  /** Grows with every write of the row; with it a reader drops what is older than what it knows. */
  version: number
  /** How many attempts there were, the running one included, without those that were handed back. */
  attempt: number
  maxAttempts: number
  /** How often it was claimed: never goes back, so that a later attempt's writes are told from an earlier one's. */
  claims: number
  progress: Progress | null
  result: JobResult | null
  /** What else is to be told of a completed job. */
  report: ConversionReport | null
  error: JobError | null
  /** Where in storage the picture of the first page lies. */
  thumbnailKey: string | null
  createdAt: Date
  /** When a waiting job may start, null for at once. */
  runAt: Date | null
  startedAt: Date | null
  finishedAt: Date | null
  /** When source and result are deleted. */
  expiresAt: Date
  timeline: AttemptRecord[]
}

/** What is needed to create a job. The source lies in storage under `sourceKey(id)` already. */
export interface NewJob {
  id: string
  batchId: string
  owner: string
  fileName: string
  source: { format: string; bytes: number; sha256: string }
  flags?: Flags | null
  target: string
  options: Options
  sealed?: string | null
  maxAttempts: number
  expiresAt: Date
  /** The same owner with the same key gets the same job back, as long as source, target and options are the same. */
  idempotencyKey?: string | undefined
}

/** One change, published to all subscribers. Ticks carry progress that was not written to the row. */
export type JobEvent =
  | { type: 'changed'; id: string; version: number; state: JobState }
  | { type: 'progress'; id: string; version: number; tick: number; progress: Progress }
  | { type: 'gone'; id: string; owner: string; batchId: string }

/** Why an attempt's signal was aborted: the person cancelled, the lease was lost, the worker stops. */
export type AbortReason = 'cancelled' | 'lost' | 'stopping'

/** The right to work on a job, held by a worker. All writes say whether the job was still this attempt's. */
export interface Attempt {
  readonly job: Job
  /** The job's claims at its start: no other attempt at this job ever has it. */
  readonly claim: number
  /** Aborted with an `AbortReason`. Stop at once: nothing that this attempt writes any more is wanted. */
  readonly signal: AbortSignal
  /** Tells progress: pushed at most 10 times a second, written at most once a second. */
  progress(progress: Progress): void
  /** Shows a picture of the first page while the rest is still under way. */
  showIfStillMine(thumbnailKey: string): Promise<boolean>
  completeIfStillMine(result: JobResult, about?: Completion): Promise<boolean>
  /** Fails the attempt; what may succeed next time waits for a backoff until attempts are used up. */
  failIfStillMine(error: JobError): Promise<boolean>
  /** Gives the job back unharmed; the attempt does not count against `maxAttempts`. */
  handBackIfStillMine(): Promise<boolean>
}

/** At most so many ticks a second are pushed, and so many written to the row. */
export const PUSH_EVERY_MS = 100
export const WRITE_EVERY_MS = 1000

export interface ConsumeOptions {
  /** Who works: `host/pid`. */
  worker: string
  /** How many attempts run side by side. */
  slots: number
}

export interface Consumer {
  /** Takes no more jobs, waits up to `graceMs` for running ones, then hands back what is left. */
  stop(graceMs: number): Promise<void>
}

export interface EventSubscription {
  stop(): Promise<void>
}

/** Where a waiting job stands, and whose it is: enough to tell who watches it. */
export interface WaitingJob extends Pick<Job, 'owner' | 'batchId'> {
  queue: QueuePosition
}

/** Jobs of one owner, newest first. `next` continues after the last one. */
export interface JobsPage<T> {
  items: T[]
  next: string | null
}

export interface ListQuery {
  owner: string
  batchId?: string | undefined
  limit: number
  after?: string | undefined
}

/** What a worker reports about itself every few seconds. */
export interface WorkerStatus {
  worker: string
  slots: number
  ready: boolean
  /** Why it takes no jobs, in words for the operator. */
  trouble: string | null
}

export interface QueueStats {
  /** Exact for some hundred; of more at the most so many, since cancelled ones may still be counted. */
  queued: number
  running: number
  /** Messages that no attempt could finish: what an operator looks at. */
  dead: number
  workers: WorkerStatus[]
}

export interface MaintenanceResult {
  /** Jobs taken back from workers that gave no sign of life. */
  rescued: string[]
  /** Jobs whose files are over their time: delete `jobs/<id>/`, then call `markFilesDeleted`. */
  expired: string[]
  /** Rows older than the history, now gone. */
  removed: number
}

/** How long a worker may be silent before its jobs are rescued, in milliseconds. */
export const LEASE_MS = 10_000

export interface Jobs {
  /**
   * Writes the row and the message, both or neither.
   * @throws AppError `queue_full`, `too_many_waiting`, `idempotency_conflict`
   */
  create(job: NewJob): Promise<{ job: Job; created: boolean }>
  /**
   * A look, perhaps a second old, whether a job of this owner would be taken: asked before its bytes are.
   * @throws AppError `queue_full`, `too_many_waiting`, with the seconds after which another try makes sense
   */
  admit(owner: string): Promise<void>
  get(id: string): Promise<Job | undefined>
  list(query: ListQuery): Promise<JobsPage<Job>>
  /**
   * The queue position of one job; null unless it waits and may start now. Exact for some hundred; further back it may
   * be too large, never too small, since cancelled ones may still be counted.
   */
  queuePosition(id: string): Promise<QueuePosition | null>
  /**
   * Those of `ids` that wait and may start now, by id, first to start first; positions as `queuePosition` gives them.
   * Without `ids` all of them, and exact: reads the whole queue.
   */
  queuePositions(ids?: readonly string[]): Promise<Map<string, WaitingJob>>
  /** Those of `ids` that have a row. */
  existing(ids: readonly string[]): Promise<Set<string>>
  /** @throws AppError `job_not_found`, `job_finished` */
  cancel(id: string): Promise<Job>
  /** Another `maxAttempts` for a failed or cancelled job. @throws AppError `job_not_found`, `not_retryable` */
  retry(id: string, maxAttempts: number): Promise<Job>
  /** Forgets a job at once, cancelling it first where needed; its files are the caller's to delete. @throws AppError `job_not_found` */
  remove(id: string): Promise<void>
  consume(run: (attempt: Attempt) => Promise<void>, options: ConsumeOptions): Promise<Consumer>
  /** What the latest finished jobs of this format and target, of like size in bytes, teach of the next one. */
  pace(kind: { format: string; target: string; bytes: number }): Promise<Pace>
  /** `onGap` runs when events may have been missed: read again what you show. */
  subscribe(onEvent: (event: JobEvent) => void, onGap: () => void): Promise<EventSubscription>
  /** Takes back at once what a worker held whose death was seen. Gives the ids. */
  rescue(worker: string): Promise<string[]>
  /** Rescue by lease, expiry, history. Safe to call from many processes. */
  maintain(now: Date): Promise<MaintenanceResult>
  /** The files of these jobs are deleted: results are gone. */
  markFilesDeleted(ids: readonly string[]): Promise<void>
  heartbeat(heartbeat: WorkerStatus): Promise<void>
  stats(): Promise<QueueStats>
  close(): Promise<void>
}
