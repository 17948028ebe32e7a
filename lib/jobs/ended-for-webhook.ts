import type { Job } from '../jobs.ts'
import { isTerminal } from '../vocabulary/job.ts'
import { sendWebhooksUnlessAway } from './announce.ts'
import type { JobPorts } from './ports.ts'
import { putOff } from './put-off-webhook.ts'

/** An end in a batch after which jobs go on whose own ends nobody looks at: it is looked at again so much later. */
const LOOK_AGAIN_MS = 30_000

/**
 * The end that a job's webhook is to be told now, in milliseconds since 1970; undefined where there is none, it was told,
 * or another row tells it. The end of a batch is told by its oldest job with a webhook, so that it is told once, whichever
 * of its jobs were the last.
 */
export async function endedForWebhook(ports: JobPorts, job: Job): Promise<number | undefined> {
  const { webhook, finishedAt } = job
  if (!webhook || !finishedAt || !isTerminal(job.state)) return undefined
  if (webhook.of === 'job') return unlessTold(job, finishedAt.getTime())
  if (await newestIsAwaited(ports, job)) return undefined
  const batch = await ports.store.batchEnd(job.batchId)
  if (!batch?.endedAt) {
    if (batch && !batch.isAwaited)
      await putOff(ports, job, { endedAt: finishedAt.getTime(), ms: LOOK_AGAIN_MS })
    return undefined
  }
  const endedAt = batch.endedAt.getTime()
  if (batch.tellerId === job.id) return unlessTold(job, endedAt)
  if (batch.tellerId !== undefined) await passOn(ports, batch.tellerId, endedAt)
  return undefined
}

/**
 * Whether the newest job of a batch has not ended, and its end will be looked at. Jobs begin in their order, so that this
 * saves reading the whole batch at each of its ends.
 */
async function newestIsAwaited({ store }: JobPorts, { owner, batchId }: Job): Promise<boolean> {
  const { items } = await store.list({ owner, batchId, limit: 1 })
  return items.some(({ state, webhook }) => !isTerminal(state) && webhook?.of === 'batch')
}

function unlessTold({ webhook }: Job, endedAt: number): number | undefined {
  const isSettled = webhook?.state === 'delivered' || webhook?.state === 'failed'
  return isSettled && (webhook.endedAt ?? 0) >= endedAt ? undefined : endedAt
}

/** Lets the job tell the end that tells those of its batch. @throws Error where another write came between */
async function passOn(ports: JobPorts, tellerId: string, endedAt: number): Promise<void> {
  const { store, clock } = ports
  const teller = await store.get(tellerId)
  if (!teller?.webhook) return
  const { nextAt: _, ...webhook } = teller.webhook
  const isBegun = webhook.state !== 'waiting' && (webhook.endedAt ?? 0) >= endedAt
  if (isBegun) return
  const next = { ...webhook, endedAt, state: 'pending', tries: 0 } as const
  const written = await store.writeWebhookIfAwaited(tellerId, next, new Date(clock.now()))
  if (!written) throw new Error('another write of the webhook came between')
  if (written.unsentWebhook) await sendWebhooksUnlessAway(ports, [written.unsentWebhook])
}
