import type { Job, WebhookMessage } from '../jobs.ts'
import { jobInLog } from '../log/job-log.ts'
import { MOST_TRIES_KEPT, type WebhookTry } from '../vocabulary/webhook.ts'
import { sendWebhooksUnlessAway } from './announce.ts'
import { endedForWebhook } from './ended-for-webhook.ts'
import type { JobPorts } from './ports.ts'
import { putOff } from './put-off-webhook.ts'
import { tracedSend } from './traced-webhook.ts'
import { type WebhookAnswer, type WebhookEvent, webhookEventOf } from './webhook-event.ts'
import { isDelivered, nextTryAfterMs } from './webhook-schedule.ts'

/** A try whose process says nothing for so long is made again, in milliseconds; longer than any try lasts. */
const TRY_LEASE_MS = 60_000

/** A try that found all places of its receiver taken comes back after this to six times this, in milliseconds. */
const BUSY_MS = 10_000

/** A try that its process has begun: the row says so, and the message has no effect any more. */
export interface BegunTry {
  job: Job
  event: WebhookEvent
}

/**
 * Begins a try for a message, if it is of the webhook's step and there is an end to be told. `enter` takes a place for
 * its URL; where it refuses, the try is put off, and the place of a try that does not begin is given to `leave`.
 * @throws when the store cannot be asked; then the message must be delivered again
 */
export async function beginTry(
  ports: JobPorts,
  { body: { jobId, step } }: WebhookMessage,
  { enter, leave }: { enter(url: string): boolean; leave(url: string): void },
): Promise<BegunTry | undefined> {
  const { store, clock, random } = ports
  const job = await store.get(jobId)
  if (job?.webhook?.step !== step) return undefined
  const endedAt = await endedForWebhook(ports, job)
  if (endedAt === undefined) return undefined
  const { nextAt: _, ...webhook } = job.webhook
  if (!enter(webhook.url)) {
    await putOff(ports, job, { endedAt, ms: Math.round(BUSY_MS * (1 + 5 * random())) })
    return undefined
  }
  const tries = webhook.endedAt === endedAt ? webhook.tries : 0
  const begun = { ...webhook, endedAt, tries, state: 'pending' } as const
  const lease = new Date(clock.now() + TRY_LEASE_MS)
  const written = await store.writeWebhookIfAwaited(jobId, begun, lease).catch(error => {
    leave(webhook.url)
    throw error
  })
  const event = written && webhookEventOf(written.job, { endedAt, attempt: tries + 1 })
  if (!event) leave(webhook.url)
  return event && { job: written.job, event }
}

/** Makes the try, and writes what came of it, unless another write came between. */
export async function makeTry(
  ports: JobPorts,
  { job, event }: BegunTry,
  send: (event: WebhookEvent) => Promise<WebhookAnswer>,
): Promise<void> {
  const at = ports.clock.now()
  const { status, error } = await tracedSend(ports, event, send)
  const { id, type, attempt } = event
  await record(ports, job, { at, event: type, id, attempt, status, error, ms: ports.clock.now() - at })
}

async function record(ports: JobPorts, job: Job, made: WebhookTry): Promise<void> {
  const { id, webhook } = job
  if (!webhook) return
  const { store, clock, log } = ports
  const now = clock.now()
  const afterMs = isDelivered(made) ? undefined : nextTryAfterMs(made.attempt, made, ports.random)
  const next = {
    ...webhook,
    state: isDelivered(made) ? 'delivered' : afterMs === undefined ? 'failed' : 'pending',
    tries: made.attempt,
    ...(afterMs !== undefined && { nextAt: now + afterMs }),
    log: [...webhook.log, made].slice(-MOST_TRIES_KEPT),
  } as const
  const written = await store.writeWebhookIfAwaited(id, next, afterMs === undefined ? null : new Date(now))
  if (written?.unsentWebhook) await sendWebhooksUnlessAway(ports, [written.unsentWebhook])
  if (written && next.state === 'failed')
    log.error(
      { ...jobInLog(job), event: made.event, tries: made.attempt, status: made.status, error: made.error },
      'a webhook did not take the end of its job or batch, and is not tried again',
    )
}
