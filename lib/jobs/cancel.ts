import type { Job } from '../jobs.ts'
import { AppError } from '../vocabulary/errors.ts'
import { announce } from './announce.ts'
import type { JobPorts } from './ports.ts'

/** @see Jobs.cancel */
export async function cancel(ports: JobPorts, id: string): Promise<Job> {
  const written = await ports.store.cancelIfNotEnded(id)
  if (!written) throw new AppError((await ports.store.get(id)) ? 'job_finished' : 'job_not_found')
  await discard(ports, written.messageId)
  return announce(ports, written)
}

/** @see Jobs.remove */
export async function removeJob(ports: JobPorts, id: string): Promise<void> {
  const removed = await ports.store.remove(id)
  if (!removed) throw new AppError('job_not_found')
  const { owner, batchId, messageId } = removed
  await discard(ports, messageId)
  ports.bus.publish({ type: 'gone', id, owner, batchId })
}

/** The row says already that nobody needs the message: where it stays, it finds no job. */
async function discard({ queue, log }: JobPorts, messageId: string): Promise<void> {
  await queue
    .discard('convert', [messageId])
    .catch(error => log.debug({ err: error }, 'a message stays in the queue; it will find no job'))
}
