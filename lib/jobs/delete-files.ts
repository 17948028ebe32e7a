import type { Job } from '../jobs.ts'
import { AppError } from '../vocabulary/errors.ts'
import { announce } from './announce.ts'
import type { JobPorts } from './ports.ts'

/** @see Jobs.requestDeletion */
export async function requestDeletion(ports: JobPorts, id: string): Promise<Job> {
  const written = await ports.store.requestDeletionIfKept(id)
  if (written) return announce(ports, written)
  const job = await ports.store.get(id)
  if (!job) throw new AppError('job_not_found')
  // Asked twice, or expired in the meantime: what was asked for is so.
  if (job.receipt) return job
  throw new AppError('not_ended')
}
