/**
 * The contract of the job store: rows, and writes that are each one compare-and-set. A store decides nothing: what is
 * written is the rules' concern (the files beside this one), and under which condition stands in the write's name.
 */
import type {
  AttemptOutcome,
  Batch,
  Completion,
  Job,
  JobMessage,
  JobResult,
  JobsPage,
  KeptResult,
  ListQuery,
  NewJob,
  WebhookMessage,
  WorkerStatus,
} from '../jobs.ts'
import type { Finished } from '../pace.ts'
import type { Need, Progress, StoredError } from '../vocabulary/job.ts'
import type { JobWebhook } from '../vocabulary/webhook.ts'
import type { AdmissionLimits, QueueLoad } from './admission.ts'
import type { OperatorStore } from './operator-store.ts'
import type { JobSearch } from './search.ts'

/** What a write left: the row, and the message that the job waits for and that is still to be sent. */
export interface Written {
  job: Job
  /** Null where no message is needed, or the store sent it within its own transaction. */
  unsent: JobMessage | null
  /** The message of its webhook that is still to be sent; null where none is needed now. */
  unsentWebhook: WebhookMessage | null
}

/** What a sender adds to a job that needed it, and the message that may claim it then. */
export interface NeedAnswer {
  /** All secrets, encrypted. */
  sealed: string
  messageId: string
}

/** How a job is tried again. */
export interface RetryTerms {
  maxAttempts: number
  messageId: string
  /** What it needs first; null: nothing, so that it waits for its message. */
  needs: Need | null
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

/** The message that a waiting job waits for. */
export interface AwaitedMessage {
  jobId: string
  messageId: string
}

export interface JobClaim extends AwaitedMessage {
  worker: string
}

/** A row to insert, and the message that may claim it unless it needs something first. */
export type JobInsert = NewJob & { messageId: string }

/** How an attempt ended for which another one follows. */
export interface Requeue {
  outcome: AttemptOutcome
  error: StoredError
  /** @see AttemptRecord */
  log?: string
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
  /** When the job may start, or might have, that began to wait first; null where none waits. */
  oldestQueuedAt: Date | null
}

/** What the running and the latest jobs say of when the next one starts. */
export interface RecentRuns {
  running: number
  /** How long the latest completed jobs ran, each in milliseconds; some dozen at the most. */
  tookMs: number[]
}

/** A waiting job that may start now, and how many of those are before it in the order of their turns. */
export interface WaitingRow extends Pick<Job, 'owner' | 'batchId'> {
  ahead: number
}

/** What the rows of a batch say of it. */
export interface BatchRow extends Pick<Batch, 'owner' | 'counts' | 'version' | 'createdAt'> {
  /** The percentages of the running jobs, added up. */
  runningPercent: number
}

/** How a batch stands for its webhook. */
export interface BatchEnd {
  /** Its oldest job that tells the end of the batch; undefined where none does. */
  tellerId: string | undefined
  /** When its last job ended; null where one has not, or the call that creates the batch goes on. */
  endedAt: Date | null
  /** Whether the end of one of those that have not ended will be looked at. */
  isAwaited: boolean
}

/** So many rows of a batch are counted, the oldest. */
export const MOST_OF_BATCH = 10_000

/** Among so many results of the same file for the same target one with the same options is looked for. */
export const MOST_EARLIER = 20

/**
 * Every write returns undefined when its condition did not hold; then nothing was written. A write after which a job waits
 * gives it its turn. One that ends a job with a webhook marks the message of the webhook as unsent, and one that lets it
 * wait again takes that mark; both raise the step.
 */
export interface JobStore extends OperatorStore {
  /** @see Guarantees */
  readonly listsAtOnce: boolean
  /** @see Guarantees */
  readonly findsEarlierResults: boolean
  /** Null where jobs are found by their ids only. */
  readonly search: JobSearch | null

  /**
   * Inserts the row unless the queue is full, the owner has too many waiting jobs, or the owner used the idempotency key
   * before. A row that needs something has no message and no place in the queue; an owner may have as many of those as
   * waiting jobs.
   * @throws Error where a job with this id exists
   */
  insertIfBelowLimit(job: JobInsert, limits: AdmissionLimits): Promise<Written | undefined>
  /** Claims the job if this message is the one that it waits for, and it needs nothing. */
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
  failIfStillLeased(
    token: LeaseToken,
    end: Pick<Requeue, 'outcome' | 'error' | 'log'>,
  ): Promise<Written | undefined>
  /** Ends the attempt with an error; the job waits again, behind its owner's other jobs. */
  requeueIfStillLeased(token: LeaseToken, requeue: Requeue): Promise<Written | undefined>
  /** Puts the job back, behind its owner's other jobs; the attempt does not count. */
  handBackIfStillLeased(token: LeaseToken, messageId: string): Promise<Written | undefined>
  /** Ends the attempt with a question; it does not count. The job needs an answer, and has no message until then. */
  askIfStillLeased(
    token: LeaseToken,
    question: { needs: Need; error: StoredError; errorCode: string; messageId: string },
  ): Promise<Written | undefined>
  /** Queues a job that needs something, at the end of the queue. */
  answerIfNeeded(id: string, answer: NeedAnswer): Promise<Written | undefined>
  /** Ends a queued job with an error that needs something and expired before this time. */
  failIfUnanswered(id: string, end: { expiredBefore: Date; error: StoredError }): Promise<Written | undefined>
  /** Returns the message that nobody needs any more, too. */
  cancelIfNotEnded(id: string): Promise<(Written & { messageId: string }) | undefined>
  /** Queues a failed or cancelled job again whose files are still there, with `maxAttempts` more attempts. */
  retryIfEnded(id: string, again: RetryTerms): Promise<Written | undefined>
  /**
   * Withholds the result of a job that has ended and lets its files expire now, so that `expired` names it until
   * `markFilesDeleted`.
   */
  requestDeletionIfKept(id: string): Promise<Written | undefined>
  /**
   * Leaves of a job that has ended what `purgedFields` says, frees its idempotency key, and lets its files expire now
   * unless they are deleted. A purged job is none to purge. Returns whose it was and of which batch, too.
   */
  purgeIfEnded(id: string): Promise<(Written & Pick<Job, 'owner' | 'batchId'>) | undefined>

  /**
   * The job whose turn comes first of all that may start now and whose message was sent, if that is before the turn of the
   * job that waits for this message. Undefined where it is not, or no job waits for this message. Where indexes lag, the
   * job may wait no more.
   */
  firstInTurn(awaited: AwaitedMessage): Promise<AwaitedMessage | undefined>
  /**
   * Lets a job that waits for this message wait for another one, which is marked as unsent and returned. Users see no
   * change, so the version stays.
   */
  reissueIfWaiting(awaited: AwaitedMessage, messageId: string): Promise<JobMessage | undefined>
  /** Messages of queued jobs that are marked as unsent since before this time, oldest first; some hundred at the most. */
  unsent(before: Date): Promise<JobMessage[]>
  /** Takes the mark from those of these messages that carry it. */
  markSentIfUnsent(messages: readonly JobMessage[]): Promise<void>

  /**
   * Writes how the webhook of a job stands, if its step is still the given one; the step grows. From `unsentSince` on the
   * row is marked: its next message is to be sent; null: none is needed.
   */
  writeWebhookIfAwaited(
    id: string,
    webhook: JobWebhook,
    unsentSince: Date | null,
  ): Promise<Written | undefined>
  /** Messages of webhooks that are marked as unsent since before this time, oldest first; some hundred at the most. */
  unsentWebhooks(before: Date): Promise<WebhookMessage[]>
  /** Takes the mark from those whose step is still that of the message. */
  markWebhooksSentIfUnsent(messages: readonly WebhookMessage[]): Promise<void>
  /** @see BatchEnd */
  batchEnd(id: string): Promise<BatchEnd | undefined>

  /** The job with its timeline. */
  get(id: string): Promise<Job | undefined>
  findByKey(owner: string, idempotencyKey: string): Promise<Job | undefined>
  /**
   * The completed jobs of one owner with kept results of this source for this target, latest first, at most
   * `MOST_EARLIER`; none that had secret options, which the rows do not tell.
   */
  earlierResults(of: { owner: string; sha256: string; target: string }): Promise<Job[]>
  list(query: ListQuery): Promise<JobsPage<Job>>
  /** Counts the jobs of a batch; undefined where no row names it. */
  batch(id: string): Promise<BatchRow | undefined>
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
  /** Queued jobs that need something and expired before this time; some hundred at the most. */
  unanswered(now: Date): Promise<string[]>
  /** Jobs that have ended and whose files are to be deleted; some hundred at the most. */
  expired(now: Date): Promise<string[]>
  /** @see Jobs.keptResults */
  keptResults(now: Date, after?: string): Promise<JobsPage<KeptResult>>
  /** Writes the result of a completed job again, with or without the mark that its file is lost. */
  recordLossIfKept(kept: KeptResult): Promise<Written | undefined>
  /** Records that the files are deleted, and forgets secrets and needs; returns the rows that were written. */
  markFilesDeleted(ids: readonly string[]): Promise<Pick<Job, 'id' | 'version' | 'state'>[]>
  /** Deletes rows whose files are deleted and that ended before this time. Returns how many; some hundred at the most. */
  removeEndedBefore(time: Date): Promise<number>
  /** @see Jobs.remove */
  removeIfFilesDeleted(id: string): Promise<boolean>

  heartbeat(status: WorkerStatus): Promise<void>
  /** The workers that reported in the last seconds. */
  workers(): Promise<WorkerStatus[]>
  close(): Promise<void>
}
