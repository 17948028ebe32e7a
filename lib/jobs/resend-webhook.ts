import type { Job } from '../jobs.ts'
import { AppError } from '../vocabulary/errors.ts'
import { isTerminal } from '../vocabulary/job.ts'
import type { JobWebhook } from '../vocabulary/webhook.ts'
import { sendWebhooksUnlessAway } from './announce.ts'
import type { JobPorts } from './ports.ts'

/** So often another write may come between. */
const MOST_LOOKS = 5

/** @see Jobs.resendWebhook */
export async function resendWebhook(ports: JobPorts, id: string): Promise<Job> {
  for (let look = 0; look < MOST_LOOKS; look++) {
    const job = await ports.store.get(id)
    if (!job) throw new AppError('job_not_found')
    if (!job.webhook) throw new AppError('no_webhook')
    const endedAt = await endOf(ports, job)
    if (endedAt === undefined) throw new AppError('webhook_too_early')
    const { nextAt: _, ...webhook } = job.webhook
    const again = { ...webhook, endedAt, state: 'pending', tries: 0 } as const
    const sent = await write(ports, job, again)
    if (sent) return sent
  }
  throw new AppError('webhook_too_early')
}

/** In milliseconds since 1970; undefined where what is told has not ended. */
async function endOf({ store }: JobPorts, job: Job): Promise<number | undefined> {
  if (!isTerminal(job.state)) return undefined
  const end = job.webhook?.of === 'batch' ? (await store.batchEnd(job.batchId))?.endedAt : job.finishedAt
  return end?.getTime()
}

/**
 * The call that creates a batch adds no more jobs. Until then none of them tells that all have ended; where they have,
 * this does. @see Jobs.closeBatch
 */
export async function closeBatch(ports: JobPorts, id: string): Promise<void> {
  for (let look = 0; look < MOST_LOOKS; look++) {
    const job = await ports.store.get(id)
    if (!job?.webhook?.open) return
    const { open: _, ...webhook } = job.webhook
    if (await write(ports, job, webhook)) return
  }
  throw new AppError('database_down', { log: 'other writes came between each time' })
}

/** Writes the webhook; one of a job that has ended gets a message. */
async function write(ports: JobPorts, { id, state }: Job, webhook: JobWebhook): Promise<Job | undefined> {
  const { store, clock } = ports
  const unsentSince = isTerminal(state) ? new Date(clock.now()) : null
  const written = await store.writeWebhookIfAwaited(id, webhook, unsentSince)
  if (written?.unsentWebhook) await sendWebhooksUnlessAway(ports, [written.unsentWebhook])
  return written?.job
}
