import { isDeepStrictEqual } from 'node:util'
import type { Job } from '../jobs.ts'

type Conversion = Pick<Job, 'source' | 'target' | 'options'>

/**
 * Whether a request under a known idempotency key asks for the same conversion. Secrets are left out: the same password
 * encrypts differently each time.
 */
export function isSameRequest(earlier: Conversion, job: Conversion): boolean {
  return (
    earlier.source.sha256 === job.source.sha256 &&
    earlier.target === job.target &&
    isDeepStrictEqual(earlier.options, job.options)
  )
}
