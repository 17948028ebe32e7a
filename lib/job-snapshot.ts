import type { Job, SourcePart } from './jobs.ts'
import { traceIdOf } from './tracing/trace-context.ts'
import { jobErrorOf } from './vocabulary/errors.ts'
import type { QueuePosition } from './vocabulary/job.ts'
import { noteView } from './vocabulary/notes.ts'
import type { FullSnapshot, Snapshot } from './vocabulary/snapshot.ts'

/** The job as clients see it: without owner and storage keys. Its URLs begin with `basePath`. */
export function snapshotOf(job: Job, basePath: string, position: QueuePosition | null = null): Snapshot {
  const { id, batchId, fileName, folder, source, target, options, state, version, attempt, maxAttempts } = job
  const { progress, report, error, sources } = job
  const result = job.result && {
    fileName: job.result.fileName,
    bytes: job.result.bytes,
    pages: job.result.pages,
    sha256: job.result.sha256,
    ...(job.result.lost && { lost: true as const }),
    ...(job.result.locked && { locked: true as const }),
  }
  const traceId = traceIdOf(job.traceparent)
  const api = `${basePath}/api/jobs/${id}`
  return {
    id,
    batchId,
    fileName,
    folder,
    source,
    sources: sources?.map(publicPart) ?? null,
    target,
    options,
    state,
    needs: state === 'queued' ? job.needs : null,
    version,
    attempt,
    maxAttempts,
    queue: state === 'queued' ? position : null,
    progress,
    result,
    report: report && { ...report, notes: report.notes.map(noteView) },
    error: error && jobErrorOf(error),
    createdAt: job.createdAt.toISOString(),
    runAt: iso(job.runAt),
    startedAt: iso(job.startedAt),
    finishedAt: iso(job.finishedAt),
    expiresAt: job.expiresAt.toISOString(),
    receipt: job.receipt && { ...job.receipt, deletedAt: iso(job.receipt.deletedAt) },
    statusUrl: api,
    resultUrl: `${api}/result`,
    // The claim in the URL changes it when a later attempt makes a new picture.
    thumbnailUrl: job.thumbnailKey && `${api}/thumbnail?of=${job.thumbnailKey.split('-').at(-1)}`,
    ...(traceId !== undefined && { traceId }),
  }
}

function publicPart({ fileName, format, bytes, sha256 }: SourcePart) {
  return { fileName, format, bytes, sha256 }
}

/** The snapshot with the timeline. */
export function fullSnapshotOf(
  job: Job,
  basePath: string,
  position: QueuePosition | null = null,
): FullSnapshot {
  const timeline = job.timeline.map(a => ({
    attempt: a.number,
    worker: a.worker,
    startedAt: a.startedAt.toISOString(),
    endedAt: iso(a.endedAt),
    outcome: a.outcome,
    errorCode: a.errorCode,
  }))
  return { ...snapshotOf(job, basePath, position), timeline }
}

function iso(date: Date | null): string | null {
  return date ? date.toISOString() : null
}
