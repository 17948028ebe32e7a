import { randomUUID } from 'node:crypto'
import type { Job } from '../jobs.ts'
import { AppError } from '../vocabulary/errors.ts'
import { announce } from './announce.ts'
import type { JobPorts } from './ports.ts'

/** @see Jobs.answer */
export async function answer(ports: JobPorts, id: string, sealed: string): Promise<Job> {
  const written = await ports.store.answerIfNeeded(id, { sealed, messageId: randomUUID() })
  if (written) return announce(ports, written)
  throw new AppError((await ports.store.get(id)) ? 'password_not_needed' : 'job_not_found')
}
