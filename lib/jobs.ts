/**
 * The job, and the face of all that keeps jobs: a store, a queue and a bus, which `lib/jobs/create-jobs.ts` joins. The
 * browser imports the types too.
 * The contract in a sentence: a created job is delivered at least once; a job that was not created is never delivered;
 * a result is published at most once.
 */

import type { JobOperations } from './jobs/operations.ts'
import type { JobSearch } from './jobs/search.ts'
import type { WebhookAnswer, WebhookEvent } from './jobs/webhook-event.ts'
import type { QueueConsumer, QueueMessage } from './queue.ts'
import type { Batch, Completion, Job, JobResult, KeptResult, NewJob, Pace } from './stored-job.ts'
import type { JobState, Progress, QueuePosition, StoredError } from './vocabulary/job.ts'
import type { WorkerStatus } from './worker-activity.ts'

export {
  isSourceKey,
  JOBS_PREFIX,
  jobPrefix,
  partKey,
  resultKey,
  sourceKey,
  thumbnailKey,
} from './job-keys.ts'
export type * from './stored-job.ts'
export { WORKER_STARTING, type WorkerStatus } from './worker-activity.ts'

/**
 * One change, published to all subscribers. A `progress` event carries progress that was not written to the row. `gone`
 * tells that a job was purged: whose it was, and of which batch, is known to this event alone.
 */
export type JobEvent =
  | { type: 'changed'; id: string; version: number; state: JobState }
  | { type: 'progress'; id: string; version: number; tick: number; progress: Progress }
  | { type: 'gone'; id: string; owner: string; batchId: string }

/** Why an attempt's signal was aborted: the user cancelled, the lease was lost, or the worker stops. */
export type AbortReason = 'cancelled' | 'lost' | 'stopping'

/** The right to work on a job, held by a worker. Every write returns whether the job still belonged to this attempt. */
export interface Attempt {
  readonly job: Job
  /** The value of the job's `claims` at the start; it is unique among the attempts at this job. */
  readonly claim: number
  /** Aborts with an `AbortReason`. Stop at once: writes of this attempt are ignored from then on. */
  readonly signal: AbortSignal
  /** Reports progress: published at most 10 times a second, written at most once a second. */
  progress(progress: Progress): void
  /** Publishes a picture of the first page while the conversion continues. */
  showIfStillMine(thumbnailKey: string): Promise<boolean>
  /** Publishes the result and completes the job. */
  completeIfStillMine(result: JobResult, about?: Completion): Promise<boolean>
  /**
   * Fails the attempt. A retryable error puts the job back with a backoff until its attempts are used up, and a wrong or
   * missing password leaves it queued until its sender enters another one. `log` is what the log says of it, for operators.
   */
  failIfStillMine(error: StoredError, log?: string): Promise<boolean>
  /** Puts the job back into the queue; the attempt does not count against `maxAttempts`. */
  handBackIfStillMine(): Promise<boolean>
}

/** The shortest time between two published ticks, and between two writes of progress to the row, in milliseconds. */
export const PUSH_EVERY_MS = 100
export const WRITE_EVERY_MS = 1000

export interface ConsumeOptions {
  /** The worker's name: `host/pid`. */
  worker: string
  /** How many attempts run at the same time. */
  slots: number
}

/** The message of a queued job. Only the message whose id the row holds may claim the job. */
export type JobMessage = QueueMessage<{ jobId: string }>

/** The message of a job's webhook. Only that of the step that the row holds has an effect. */
export type WebhookMessage = QueueMessage<{ jobId: string; step: number }>

export interface AttemptOptions {
  /** The worker's name. */
  worker: string
  /** When the attempt's signal aborts with `stopping`; unset: never. */
  deadline?: Date | undefined
}

export interface Consumer {
  /** Claims no more jobs; running attempts go on. */
  pause(): void
  /** Claims jobs again. */
  resume(): void
  /** Claims no more jobs, waits up to `graceMs` milliseconds for running attempts, then hands back the rest. */
  stop(graceMs: number): Promise<void>
}

export interface EventSubscription {
  /** Ends the subscription; no callback runs afterwards. */
  stop(): Promise<void>
}

/** Where a waiting job stands, and its owner and batch for choosing the subscribers. */
export interface WaitingJob extends Pick<Job, 'owner' | 'batchId'> {
  queue: QueuePosition
}

/** One page of an owner's jobs, newest first. `next` is the cursor of the following page; null on the last one. */
export interface JobsPage<T> {
  items: T[]
  next: string | null
}

export interface ListQuery {
  owner: string
  batchId?: string | undefined
  /** The most jobs on the page. */
  limit: number
  /** The `next` of the previous page; unset: from the newest on. */
  after?: string | undefined
}

export interface QueueStats {
  queued: number
  /** Jobs in the state `running`. */
  running: number
  /** Dead letters: jobs that failed with a retryable error after their last attempt. */
  dead: number
  /** Where false, `queued` is an upper and `dead` a lower bound. */
  exact: boolean
  /** When the job may start, or might have, that began to wait first; null where none waits. */
  oldestQueuedAt: Date | null
  /** Since when no job is started, because an operator paused them; null where jobs are. */
  pausedSince: Date | null
  /** The workers that reported in the last seconds. */
  workers: WorkerStatus[]
}

export interface MaintenanceResult {
  /** Ids of the jobs whose worker was silent for longer than `LEASE_MS`; they are queued again. */
  rescued: string[]
}

/** How long a worker may be silent before its jobs are rescued, in milliseconds. */
export const LEASE_MS = 10_000

/** What a back end promises beyond the contract; pages and API say only what is known. */
export interface Guarantees {
  /** Jobs that wait start in the order of their positions. Where not, none is told, only when a job is likely to start. */
  order: boolean
  /** `list` shows a job at once. Where not, it may lack changes of the last seconds; `get` never does. */
  listsAtOnce: boolean
  /** `earlierResult` finds what there is. Where not, it finds nothing. */
  findsEarlierResults: boolean
  /** Jobs are found by more than their ids. Where not, `search` refuses. */
  searches: boolean
  /** `onGap` runs when events may have been missed. Where not, a subscriber must read its jobs again now and then. */
  noticesGaps: boolean
}

export interface Jobs extends JobOperations {
  readonly guarantees: Guarantees
  /**
   * Writes the row, and sends its message or leaves a mark that it is to be sent. `created` is false for an earlier job
   * with the same idempotency key.
   * @throws AppError `queue_full`, `too_many_waiting`, `too_many_locked`, `idempotency_conflict`, `database_down`
   */
  create(job: NewJob): Promise<{ job: Job; created: boolean }>
  /**
   * Checks whether a job of this owner would be accepted. Called before its bytes are received.
   * @throws AppError `queue_full`, `too_many_waiting`, with `retryAfter` in seconds
   */
  admit(owner: string): Promise<void>
  /** The job with its timeline; undefined for an unknown id. */
  get(id: string): Promise<Job | undefined>
  /**
   * An earlier job of this owner that made the same of the same file, and whose result is kept; none where secrets play a
   * part, or several sources.
   */
  earlierResult(
    wanted: Pick<
      NewJob,
      'id' | 'owner' | 'fileName' | 'source' | 'sources' | 'target' | 'options' | 'sealed' | 'needs'
    >,
  ): Promise<Job | undefined>
  /** For operators: jobs of all owners. Its calls throw AppError `unsearchable` where the back end cannot search. */
  readonly search: JobSearch
  /** The jobs of one owner, newest first, without timelines. */
  list(query: ListQuery): Promise<JobsPage<Job>>
  /** The batch with this id; undefined where no job names it. */
  batch(id: string): Promise<Batch | undefined>
  /**
   * Where one job stands; null unless it waits and may start now. Its position is exact up to some hundred; beyond that
   * an upper bound, which may be the length of the queue.
   */
  queuePosition(id: string): Promise<QueuePosition | null>
  /**
   * Those of `ids` that wait and may start now, by id, in queue order; positions as in `queuePosition`. Without `ids`
   * all of them, with exact positions: this reads the whole queue.
   */
  queuePositions(ids?: readonly string[]): Promise<Map<string, WaitingJob>>
  /** The subset of `ids` that have a row. */
  existing(ids: readonly string[]): Promise<Set<string>>
  /** Those of `ids` that are completed and whose source is not to be kept. */
  withUnwantedSource(ids: readonly string[]): Promise<Set<string>>
  /** Cancels a waiting or running job. @throws AppError `job_not_found`, `job_finished` */
  cancel(id: string): Promise<Job>
  /**
   * Adds all secrets of a job that needs its password, encrypted, and queues it. @throws AppError `job_not_found`,
   * `password_not_needed`
   */
  answer(id: string, sealed: string): Promise<Job>
  /**
   * Queues a failed or cancelled job again with `maxAttempts` more attempts; one that lacked the right password needs it
   * first. @throws AppError `job_not_found`,
   * `not_retryable`
   */
  retry(id: string, maxAttempts: number): Promise<Job>
  /**
   * Withholds the result of a job that has ended, and lets its files expire now. The caller deletes them and calls
   * `markFilesDeleted`; where it dies before, maintenance does. The row stays with its receipt.
   * @throws AppError `job_not_found`, `not_ended`
   */
  requestDeletion(id: string): Promise<Job>
  /**
   * Empties what tells whose the job was and what it was called, cancelling it first where needed, and lets its files
   * expire now. The row stays with its receipt, but nobody's list or batch has it any more. The caller deletes the files
   * and calls `markFilesDeleted`; where it dies before, maintenance does.
   * @throws AppError `job_not_found` where there is none, or none any more that could be purged
   */
  purge(id: string): Promise<Job>
  /**
   * Claims jobs and calls `run` for each, until the consumer is stopped; while jobs are paused it begins paused. `run` must end each attempt with a write;
   * otherwise its lease expires, and the job is rescued.
   */
  consume(run: (attempt: Attempt) => Promise<void>, options: ConsumeOptions): Promise<Consumer>
  /**
   * One attempt at the job of this message, or at one whose turn is before it where the queue keeps no order; for whoever
   * receives messages itself. Returns false when no job waits for the message; then it is done, too.
   * @throws when the message must be delivered again, as while jobs are paused
   */
  attempt(
    message: JobMessage,
    run: (attempt: Attempt) => Promise<void>,
    options: AttemptOptions,
  ): Promise<boolean>
  /** An estimate for a job of this format, target and size in bytes, from the latest finished jobs of similar size. */
  pace(kind: { format: string; target: string; bytes: number }): Promise<Pace>
  /**
   * Calls `onEvent` for each change. `onGap` runs when events may have been missed: the subscriber must read its jobs
   * again.
   */
  subscribe(onEvent: (event: JobEvent) => void, onGap: () => void): Promise<EventSubscription>
  /** Queues the jobs of a dead worker again at once. Returns their ids. */
  rescue(worker: string): Promise<string[]>
  /**
   * Rescues jobs with an expired lease, fails those that nobody answered in time, and sends messages that were not sent.
   * Several processes may call it at once.
   */
  maintain(now: Date): Promise<MaintenanceResult>
  /**
   * Ids of jobs that have ended and expired, some hundred at the most: delete `jobs/<id>/`, then call `markFilesDeleted`.
   */
  expired(now: Date): Promise<string[]>
  /** Completed jobs whose results are kept, page by page, some hundred on each; those that complete meanwhile may be missed. */
  keptResults(after?: string): Promise<JobsPage<KeptResult>>
  /** Records whether the file of a kept result is missing, as its `lost` says. */
  recordLoss(kept: KeptResult): Promise<void>
  /** Deletes rows older than the history, some hundred at the most. Returns how many. */
  removeOld(now: Date): Promise<number>
  /** Records that the files of these jobs are deleted; the jobs no longer have a result. */
  markFilesDeleted(ids: readonly string[]): Promise<void>
  /** Deletes the row of a job whose files are deleted, before the history would. Returns whether there was one. */
  remove(id: string): Promise<boolean>
  /**
   * Receives the ends that webhooks are to be told, and calls `send` for each try. It must not last longer than half a
   * minute; where it rejects, the try is made again.
   */
  deliverWebhooks(send: (event: WebhookEvent) => Promise<WebhookAnswer>): Promise<QueueConsumer>
  /**
   * Tells the webhook of a job, or through its teller that of a batch, once more what it was told.
   * @throws AppError `job_not_found`, `no_webhook`, `webhook_too_early`
   */
  resendWebhook(id: string): Promise<Job>
  /** The job that tells the end of a batch; undefined where none does. */
  batchTeller(id: string): Promise<Job | undefined>
  /** Lets the end of a batch be told whose creating call began with this job, and is over. */
  closeBatch(id: string): Promise<void>
  /** Records a worker's status for `stats`. */
  heartbeat(heartbeat: WorkerStatus): Promise<void>
  /** Resolves when all events are out, or lost. Only a process that may be frozen then must wait for it. */
  flushEvents(): Promise<void>
  /** Closes all connections. */
  close(): Promise<void>
}
