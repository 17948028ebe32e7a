/**
 * The contract of the job store: rows, and writes that are each one compare-and-set. A store decides nothing: what is
 * written is the rules' concern (the files beside this one), and under which condition stands in the write's name.
 */
import type {
  AttemptOutcome,
  Completion,
  Job,
  JobMessage,
  JobResult,
  JobsPage,
  ListQuery,
  NewJob,
  WorkerStatus,
} from '../jobs.ts'
import type { Finished } from '../pace.ts'
import type { Progress, StoredError } from '../vocabulary/job.ts'
import type { AdmissionLimits, QueueLoad } from './admission.ts'

/** What a write left: the row, and the message that the job waits for and that is still to be sent. */
export interface Written {
  job: Job
  /** Null where no message is needed, or the store sent it within its own transaction. */
  unsent: JobMessage | null
}

/** The condition of a write by an attempt: the job is still running and was not claimed again. */
export interface LeaseToken {
  id: string
  claim: number
}

/** The lease of a running job and who holds it. */
export interface HeldLease extends LeaseToken {
  worker: string | null
}

export interface JobClaim {
  jobId: string
  messageId: string
  worker: string
}

/** A row to insert, and the message that may claim it. */
export type JobInsert = NewJob & { messageId: string }

/** How an attempt ended for which another one follows. */
export interface Requeue {
  outcome: AttemptOutcome
  error: StoredError
  /** When the next attempt may start; null: at once. */
  runAt: Date | null
  messageId: string
}

export interface JobCounts {
  queued: number
  running: number
  /** Jobs that failed with a retryable error after their last attempt. */
  dead: number
  /** Where false, `queued` is an upper and `dead` a lower bound. */
  exact: boolean
}

/** What the running and the latest jobs say of when the next one starts. */
export interface RecentRuns {
  running: number
  /** How long the latest completed jobs ran, each in milliseconds; some dozen at the most. */
  tookMs: number[]
}

/** A waiting job that may start now, and how many of those are before it in the order of the rows. */
export interface WaitingRow extends Pick<Job, 'owner' | 'batchId'> {
  ahead: number
}

/** Every write returns undefined when its condition did not hold; then nothing was written. */
export interface JobStore {
  /** @see Guarantees */
  readonly listsAtOnce: boolean

  /**
   * Inserts the row unless the queue is full, the owner has too many waiting jobs, or the owner used the idempotency key
   * before.
   * @throws Error where a job with this id exists
   */
  insertIfBelowLimit(job: JobInsert, limits: AdmissionLimits): Promise<Written | undefined>
  /** Claims the job if this message is the one that it waits for. */
  claimIfWaiting(claim: JobClaim): Promise<Job | undefined>
  /** Extends the lease and writes progress where there is any. Returns the row's version. */
  renewIfStillLeased(token: LeaseToken, progress: Progress | undefined): Promise<number | undefined>
  /** Records the storage key of the picture of the first page. */
  showIfStillLeased(token: LeaseToken, thumbnailKey: string): Promise<Written | undefined>
  completeIfStillLeased(
    token: LeaseToken,
    completion: Completion & { result: JobResult },
  ): Promise<Written | undefined>
  /** Ends the job with an error. */
  failIfStillLeased(token: LeaseToken, end: Pick<Requeue, 'outcome' | 'error'>): Promise<Written | undefined>
  /** Ends the attempt with an error; the job waits again, at the end of the queue. */
  requeueIfStillLeased(token: LeaseToken, requeue: Requeue): Promise<Written | undefined>
  /** Puts the job back, at the end of the queue; the attempt does not count. */
  handBackIfStillLeased(token: LeaseToken, messageId: string): Promise<Written | undefined>
  /** Returns the message that nobody needs any more, too. */
  cancelIfNotEnded(id: string): Promise<(Written & { messageId: string }) | undefined>
  /** Queues a failed or cancelled job again whose files are still there, with `maxAttempts` more attempts. */
  retryIfEnded(id: string, again: { maxAttempts: number; messageId: string }): Promise<Written | undefined>
  /**
   * Withholds the result of a job that has ended and lets its files expire now, so that `expired` names it until
   * `markFilesDeleted`.
   */
  requestDeletionIfKept(id: string): Promise<Written | undefined>
  /** Deletes row and timeline in any state. */
  remove(id: string): Promise<(Pick<Job, 'owner' | 'batchId'> & { messageId: string }) | undefined>

  /** Messages of queued jobs that are marked as unsent since before this time, oldest first; some hundred at the most. */
  unsent(before: Date): Promise<JobMessage[]>
  /** Takes the mark from those of these messages that carry it. */
  markSentIfUnsent(messages: readonly JobMessage[]): Promise<void>

  /** The job with its timeline. */
  get(id: string): Promise<Job | undefined>
  findByKey(owner: string, idempotencyKey: string): Promise<Job | undefined>
  list(query: ListQuery): Promise<JobsPage<Job>>
  existing(ids: readonly string[]): Promise<Set<string>>
  /** Those of `ids` that are completed and whose source is not to be kept. */
  withUnwantedSource(ids: readonly string[]): Promise<Set<string>>
  /** @see Jobs.queuePositions */
  queuePositions(ids?: readonly string[]): Promise<Map<string, WaitingRow>>
  recentRuns(): Promise<RecentRuns>
  /** The load for one owner; numbers below these limits are only known to be below. */
  load(owner: string, limits: AdmissionLimits): Promise<QueueLoad>
  /** The latest completed jobs of this format and target; some hundred at the most. */
  finished(kind: { format: string; target: string }): Promise<Finished[]>
  counts(): Promise<JobCounts>

  leasesOf(worker: string): Promise<HeldLease[]>
  /** Leases that were last renewed before this time; some hundred at the most. */
  leasesBefore(time: Date): Promise<HeldLease[]>
  /** Jobs that have ended and whose files are to be deleted; some hundred at the most. */
  expired(now: Date): Promise<string[]>
  /** Records that the files are deleted; returns the rows that were written. */
  markFilesDeleted(ids: readonly string[]): Promise<Pick<Job, 'id' | 'version' | 'state'>[]>
  /** Deletes rows whose files are deleted and that ended before this time. Returns how many; some hundred at the most. */
  removeEndedBefore(time: Date): Promise<number>

  heartbeat(status: WorkerStatus): Promise<void>
  /** The workers that reported in the last seconds. */
  workers(): Promise<WorkerStatus[]>
  close(): Promise<void>
}
