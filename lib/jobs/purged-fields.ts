import { randomUUID } from 'node:crypto'
import type { Job } from '../jobs.ts'
import { NO_OWNER } from '../vocabulary/job.ts'

/**
 * What a purged job has instead: nothing that tells whose it was, what it was called, or with which others it came.
 * Sizes and hashes stay for its receipt. The error keeps its code alone, because a failed job has one.
 */
export function purgedFields({ sources, error, result }: Pick<Job, 'sources' | 'error' | 'result'>) {
  return {
    ...{ owner: NO_OWNER, batchId: randomUUID(), retryOf: null, traceparent: null },
    ...{ fileName: '', folder: '', options: {}, flags: null },
    ...{ sealed: null, needs: null, report: null, thumbnailKey: null },
    webhook: null,
    sources: sources?.map(source => ({ ...source, fileName: '', flags: null, options: {} })) ?? null,
    error: error && { code: error.code, details: {}, retryable: false },
    result: result && { ...result, fileName: '' },
  }
}
