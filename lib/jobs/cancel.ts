import type { Job } from '../jobs.ts'
import { AppError } from '../vocabulary/errors.ts'
import { announce } from './announce.ts'
import type { JobPorts } from './ports.ts'

/** @see Jobs.cancel */
export async function cancel(ports: JobPorts, id: string): Promise<Job> {
  const cancelled = await cancelUnlessEnded(ports, id)
  if (cancelled) return cancelled
  throw new AppError((await ports.store.get(id)) ? 'job_finished' : 'job_not_found')
}

/** Undefined where it has ended, or is not there. */
export async function cancelUnlessEnded(ports: JobPorts, id: string): Promise<Job | undefined> {
  const written = await ports.store.cancelIfNotEnded(id)
  if (written) await discard(ports, written.messageId)
  return announce(ports, written)
}

/** The row says already that nobody needs the message: where it stays, it finds no job. */
async function discard({ queue, log }: JobPorts, messageId: string): Promise<void> {
  await queue
    .discard('convert', [messageId])
    .catch(error => log.debug({ err: error }, 'a message stays in the queue; it will find no job'))
}
