/** The job as it is stored, with its attempts and its result. */
import type { Flags } from './scan/flags.ts'
import type { ConversionReport } from './vocabulary/conversion-report.ts'
import type {
  DeletionReceipt,
  JobState,
  Need,
  Options,
  Progress,
  Range,
  StoredError,
} from './vocabulary/job.ts'
import type { JobWebhook } from './vocabulary/webhook.ts'

/** The published result. `key` is its storage key, `bytes` its size; `sha256` is hexadecimal. Earlier versions wrote no `crc32`. */
export interface JobResult {
  key: string
  fileName: string
  bytes: number
  /** Null for a format without pages. */
  pages: number | null
  sha256: string
  crc32?: number
  /** Whether the storage lacked its file when a sweep last looked. */
  lost?: true
  /** Whether it opens only with a password. */
  locked?: true
}

/** A completed job whose result is kept. */
export interface KeptResult {
  id: string
  result: JobResult
}

/** How long the phases of a completed attempt took, in milliseconds. */
export interface Timings {
  loadMs: number
  exportMs: number
}

/** What a completed attempt stores beside its result. */
export interface Completion {
  timings?: Timings | undefined
  report?: ConversionReport
}

/** An estimate from finished jobs of the same kind; null where they are too few or too different. */
export interface Pace {
  /** The share of the engine's time that loading takes, from 0 to 1. */
  loadShare: number | null
  /** How long the whole conversion takes, in seconds. */
  seconds: Range | null
}

export type AttemptOutcome = 'completed' | 'failed' | 'cancelled' | 'lost' | 'handed_back' | 'asked'

/**
 * One try at a job, kept for the timeline. `number` counts from 1; the attempt after a hand-back or a question has the same number.
 */
export interface AttemptRecord {
  number: number
  worker: string
  startedAt: Date
  endedAt: Date | null
  /** Null while the attempt runs. */
  outcome: AttemptOutcome | null
  /** A code of the error table; null without an error. */
  errorCode: string | null
  /** What the log says of its failure, with the last words of the engine: for operators only. */
  log?: string
}

/** One of the files that are merged. `key` is its storage key under `jobs/<id>/`; `sha256` is hexadecimal. */
export interface SourcePart {
  key: string
  fileName: string
  format: string
  bytes: number
  sha256: string
  /** What the scan found in it. */
  flags: Flags | null
  /** Options for it beside those of the job: paper and language by the region of its sender. */
  options: Options
}

/** One source, or several that are merged, to one target. */
export interface Job {
  id: string
  /** The jobs of one drop or one call share it. */
  batchId: string
  /** Who may list the job: the id of a cookie, or an address. */
  owner: string
  fileName: string
  /** Where the file lay in what was sent, such as `Talks/2026`; empty at the top. */
  folder: string
  /** `format` is a key of `SOURCES`; `sha256` is hexadecimal. */
  source: { format: string; bytes: number; sha256: string }
  /** The files that are merged, in this order; `source` then stands for all of them. Null for a single source. */
  sources: readonly SourcePart[] | null
  /** What the scan found in the source; null for a source that was not scanned. */
  flags: Flags | null
  /** A key of `TARGETS`. */
  target: string
  options: Options
  /** Secret options such as passwords, encrypted; SECRET decrypts them. Null once no attempt can follow. */
  sealed: string | null
  state: JobState
  /**
   * What a queued job waits for before its message is sent; null: for nothing. A job that was cancelled then keeps it
   * until its files are deleted: it will need the same when it is tried again.
   */
  needs: Need | null
  /** The earlier job whose source was taken again; null for a new source. */
  retryOf: string | null
  /** The trace context that all its spans are below, as W3C `traceparent`; null where it has no trace. */
  traceparent: string | null
  /** Whether the source is kept until `expiresAt`; otherwise it is deleted when the job has ended. */
  keepSource: boolean
  /** Grows with every write of the row. A reader uses it to drop events that are older than its state. */
  version: number
  /** The number of attempts, including the running one, without those that were handed back or ended with a question. */
  attempt: number
  maxAttempts: number
  /** How often the job was claimed. It only grows, so a write can be matched to its attempt. */
  claims: number
  progress: Progress | null
  result: JobResult | null
  /** The conversion report of a completed job. */
  report: ConversionReport | null
  error: StoredError | null
  /** The storage key of the picture of the first page. */
  thumbnailKey: string | null
  createdAt: Date
  /** When it began to wait for its next or latest attempt; for what it needs it does not wait. */
  queuedAt: Date
  /** When a waiting job may start; null means at once. */
  runAt: Date | null
  startedAt: Date | null
  finishedAt: Date | null
  /** When source and result are deleted. */
  expiresAt: Date
  /** Null while the files are kept. */
  receipt: DeletionReceipt | null
  /** Where its end, or that of its batch, is told; null: nowhere. */
  webhook: JobWebhook | null
  timeline: AttemptRecord[]
}

/** The jobs of one drop or one call, counted. */
export interface Batch {
  id: string
  /** Whose it is: the owner of its oldest job. What others create under its id is not part of it. */
  owner: string
  counts: Readonly<Record<JobState, number>>
  /**
   * The sum of the versions of all rows that name it: it grows with every change, and falls only where a job is
   * purged, which a `gone` event tells.
   */
  version: number
  total: number
  /** How far all are together, from 0 to 100; a job that has ended counts as 100, one that waits as 0. */
  percent: number
  /** When the last one is likely to end, in seconds, by the latest jobs; 0 when all have ended, null where unknown. */
  secondsLeft: number | null
  createdAt: Date
}

/** What `create` needs. The source is already in storage under `sourceKey(id)`. */
export interface NewJob {
  id: string
  batchId: string
  owner: string
  fileName: string
  folder?: string
  source: { format: string; bytes: number; sha256: string }
  sources?: readonly SourcePart[] | null
  flags?: Flags | null
  target: string
  options: Options
  sealed?: string | null
  needs?: Need | null
  retryOf?: string | null
  traceparent?: string | null | undefined
  keepSource?: boolean
  webhook?: JobWebhook | null
  /** Whether its first attempt comes after all jobs that wait at its creation, and not in its owner's turn. */
  waitsLast?: boolean
  maxAttempts: number
  expiresAt: Date
  /** The same owner with the same key gets the same job back, as long as source, target and options are equal. */
  idempotencyKey?: string | undefined
}
