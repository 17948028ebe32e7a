import type { Job } from '../jobs.ts'
import { AppError } from '../vocabulary/errors.ts'

/** `deleted` or `expired` of a job whose files are deleted, or whose time is over whether or not they are deleted yet. */
export function whyNotKept({ receipt, expiresAt }: Pick<Job, 'receipt' | 'expiresAt'>): AppError | undefined {
  const when = (receipt?.deletedAt ?? expiresAt).toISOString()
  if (receipt?.by === 'owner') return new AppError('deleted', { details: { when } })
  const isKept = !receipt && expiresAt.getTime() > Date.now()
  return isKept ? undefined : new AppError('expired', { details: { when } })
}
