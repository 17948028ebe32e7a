import type { Job, JobError, JobState, Options, Progress, QueuePlace } from './jobs.ts'
import { type ToldNote, tellNote } from './notes.ts'
import type { Report } from './report.ts'

/** A full job as JSON: what `GET /api/jobs/{id}` answers and what the socket pushes. Times are ISO 8601 in UTC. */
export interface Snapshot {
  id: string
  batchId: string
  fileName: string
  source: { format: string; bytes: number; sha256: string }
  target: string
  options: Options
  state: JobState
  version: number
  attempt: number
  maxAttempts: number
  queue: QueuePlace | null
  progress: Progress | null
  result: { fileName: string; bytes: number; pages: number | null; sha256: string } | null
  report: ToldReport | null
  error: JobError | null
  createdAt: string
  runAt: string | null
  startedAt: string | null
  finishedAt: string | null
  expiresAt: string
  statusUrl: string
  resultUrl: string
  /** A picture of the first page, as soon as there is one. */
  thumbnailUrl: string | null
}

/** A report with the sentences of its notes. */
export type ToldReport = Omit<Report, 'notes'> & { notes: ToldNote[] }

export interface TimelineEntry {
  attempt: number
  worker: string
  startedAt: string
  endedAt: string | null
  outcome: string | null
  errorCode: string | null
}

/** The snapshot that a single GET answers: with the timeline, which pushed ones leave out. */
export type FullSnapshot = Snapshot & { timeline: TimelineEntry[] }

/** The job as everybody may see it: without owner and storage keys. Its addresses begin with `basePath`. */
export function snapshotOf(job: Job, basePath: string, place: QueuePlace | null = null): Snapshot {
  const { id, batchId, fileName, source, target, options, state, version, attempt, maxAttempts } = job
  const { progress, report, error } = job
  const result = job.result && {
    fileName: job.result.fileName,
    bytes: job.result.bytes,
    pages: job.result.pages,
    sha256: job.result.sha256,
  }
  const api = `${basePath}/api/jobs/${id}`
  return {
    id,
    batchId,
    fileName,
    source,
    target,
    options,
    state,
    version,
    attempt,
    maxAttempts,
    queue: state === 'queued' ? place : null,
    progress,
    result,
    report: report && { ...report, notes: report.notes.map(tellNote) },
    error,
    createdAt: job.createdAt.toISOString(),
    runAt: iso(job.runAt),
    startedAt: iso(job.startedAt),
    finishedAt: iso(job.finishedAt),
    expiresAt: job.expiresAt.toISOString(),
    statusUrl: api,
    resultUrl: `${api}/result`,
    // The attempt makes it a new address when a later attempt makes a new picture.
    thumbnailUrl: job.thumbnailKey && `${api}/thumbnail?of=${job.thumbnailKey.split('-').at(-1)}`,
  }
}

export function fullSnapshotOf(job: Job, basePath: string, place: QueuePlace | null = null): FullSnapshot {
  const timeline = job.timeline.map(a => ({
    attempt: a.number,
    worker: a.worker,
    startedAt: a.startedAt.toISOString(),
    endedAt: iso(a.endedAt),
    outcome: a.outcome,
    errorCode: a.errorCode,
  }))
  return { ...snapshotOf(job, basePath, place), timeline }
}

function iso(date: Date | null): string | null {
  return date ? date.toISOString() : null
}
