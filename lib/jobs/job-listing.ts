import type { Job } from '../stored-job.ts'
import type { JobListing } from '../vocabulary/job-filter.ts'

/** A job as lists of operators show it. */
export function listingOf(job: Job): JobListing {
  const { id, batchId, owner, fileName, source, target, state, error, version, attempt, maxAttempts } = job
  return {
    ...{ id, batchId, owner, fileName, target, state, version, attempt, maxAttempts },
    ...{ format: source.format, bytes: source.bytes, sha256: source.sha256 },
    errorCode: error?.code ?? null,
    retryable: error?.retryable ?? false,
    createdAt: job.createdAt.toISOString(),
    startedAt: job.startedAt?.toISOString() ?? null,
    finishedAt: job.finishedAt?.toISOString() ?? null,
    expiresAt: job.expiresAt.toISOString(),
    filesDeleted: job.receipt !== null,
  }
}
