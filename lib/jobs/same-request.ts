import { isDeepStrictEqual } from 'node:util'
import type { Job, NewJob } from '../jobs.ts'

/**
 * Whether a request under a known idempotency key asks for the same conversion. Secrets are left out: the same password
 * encrypts differently each time.
 */
export function isSameRequest(earlier: Pick<Job, 'source' | 'target' | 'options'>, job: NewJob): boolean {
  return (
    earlier.source.sha256 === job.source.sha256 &&
    earlier.target === job.target &&
    isDeepStrictEqual(earlier.options, job.options)
  )
}
