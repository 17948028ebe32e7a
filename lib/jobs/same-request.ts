import { isDeepStrictEqual } from 'node:util'
import type { Job, NewJob } from '../jobs.ts'

/**
 * Whether a job that was sent again under the same idempotency key asks for the same. Secrets are left out: sealed
 * twice, the same password does not look the same.
 */
export function isSameRequest(earlier: Pick<Job, 'source' | 'target' | 'options'>, job: NewJob): boolean {
  return (
    earlier.source.sha256 === job.source.sha256 &&
    earlier.target === job.target &&
    isDeepStrictEqual(earlier.options, job.options)
  )
}
