import { randomUUID } from 'node:crypto'
import type { Job } from '../jobs.ts'
import { AppError } from '../vocabulary/errors.ts'
import type { Need } from '../vocabulary/job.ts'
import { announce } from './announce.ts'
import type { JobPorts } from './ports.ts'

/** @see Jobs.retry */
export async function retry(ports: JobPorts, id: string, maxAttempts: number): Promise<Job> {
  const { store } = ports
  const job = await store.get(id)
  if (!job) throw new AppError('job_not_found')
  const again = { maxAttempts, messageId: randomUUID(), needs: missing(job) }
  const written = await store.retryIfEnded(id, again)
  if (written) return announce(ports, written)
  throw new AppError((await store.get(id)) ? 'not_retryable' : 'job_not_found')
}

/** What the job lacked when it ended; the same attempt once more would end in the same way. */
function missing({ needs, error }: Job): Need | null {
  return error?.code === 'wrong_password' ? 'password' : needs
}
