/** A job as the API returns it and as the socket pushes it. */

import type { ConversionReport } from './conversion-report.ts'
import type { DeletionReceipt, JobError, JobState, Need, Options, Progress, QueuePosition } from './job.ts'
import type { NoteView } from './notes.ts'

/** A full job as JSON: the response of `GET /api/jobs/{id}` and the event on the socket. Times are ISO 8601 in UTC. */
export interface Snapshot {
  id: string
  batchId: string
  fileName: string
  /** Where the file lay in what was sent, such as `Talks/2026`; empty at the top. */
  folder: string
  /** `format` is a source's extension; `sha256` is hexadecimal. */
  /** Of several sources the sum; its `sha256` then is that of theirs. */
  source: { format: string; bytes: number; sha256: string }
  /** The files that are merged, in this order; null for a single source. */
  sources: { fileName: string; format: string; bytes: number; sha256: string }[] | null
  target: string
  options: Options
  state: JobState
  /** What a queued job needs of its sender before it can start. */
  needs: Need | null
  version: number
  attempt: number
  maxAttempts: number
  /** Null unless the job waits and may start now. */
  queue: QueuePosition | null
  progress: Progress | null
  result: SnapshotResult | null
  report: ReportView | null
  error: JobError | null
  createdAt: string
  runAt: string | null
  startedAt: string | null
  finishedAt: string | null
  expiresAt: string
  /** What was deleted, when and why; null while the files are kept. */
  receipt: DeletionReceipt<string> | null
  statusUrl: string
  resultUrl: string
  /** The URL of a picture of the first page; null until there is one. */
  thumbnailUrl: string | null
  /** The trace that its spans are of, 32 hexadecimal digits; absent where it has none. */
  traceId?: string | undefined
}

export interface SnapshotResult {
  fileName: string
  bytes: number
  /** Null for a format without pages. */
  pages: number | null
  sha256: string
  /** Whether the storage lacked its file when it was last looked for. */
  lost?: true | undefined
  /** Whether it opens only with a password. */
  locked?: true | undefined
}

/** A result of the same file with the same settings that its sender has already. */
export type EarlierResult = Pick<Snapshot, 'id' | 'resultUrl'> & { finishedAt: string }

/** The answer to a new job. */
export type CreatedJob = Snapshot & { earlier: EarlierResult | null }

/** A report with the sentences of its notes. */
export type ReportView = Omit<ConversionReport, 'notes'> & { notes: NoteView[] }

export interface TimelineEntry {
  attempt: number
  worker: string
  startedAt: string
  endedAt: string | null
  outcome: string | null
  errorCode: string | null
}

/** The snapshot of a single GET, with the timeline; pushed snapshots omit it. */
export type FullSnapshot = Snapshot & { timeline: TimelineEntry[] }
