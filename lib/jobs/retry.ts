import { randomUUID } from 'node:crypto'
import type { Job } from '../jobs.ts'
import { AppError } from '../vocabulary/errors.ts'
import { announce } from './announce.ts'
import type { JobPorts } from './ports.ts'

/** @see Jobs.retry */
export async function retry(ports: JobPorts, id: string, maxAttempts: number): Promise<Job> {
  const written = await ports.store.retryIfEnded(id, { maxAttempts, messageId: randomUUID() })
  if (written) return announce(ports, written)
  throw new AppError((await ports.store.get(id)) ? 'not_retryable' : 'job_not_found')
}
