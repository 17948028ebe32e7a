import { Webhook } from 'standardwebhooks'
import { batchViewOf } from '../batch-view.ts'
import { snapshotOf } from '../job-snapshot.ts'
import type { WebhookAnswer, WebhookEvent } from '../jobs/webhook-event.ts'
import type { Jobs } from '../jobs.ts'
import type { BatchView } from '../vocabulary/batch.ts'
import type { Snapshot } from '../vocabulary/snapshot.ts'
import type { WebhookEventType } from '../vocabulary/webhook.ts'
import { type PostOptions, postWebhook } from './post-webhook.ts'
import { webhookSecretOf } from './webhook-secret.ts'

/** What a webhook is sent, as JSON. */
export interface WebhookPayload {
  type: WebhookEventType
  /** When it ended, as ISO 8601 in UTC. */
  timestamp: string
  data: Snapshot | BatchView
}

export interface SendOptions extends PostOptions {
  jobs: Pick<Jobs, 'batch'>
  /** Of the installation. */
  secret: string
  /** URLs in the data begin with it. */
  basePath: string
}

/** Makes one try: signs what is told by Standard Webhooks, and posts it. */
export async function sendWebhook(event: WebhookEvent, options: SendOptions): Promise<WebhookAnswer> {
  const { id, type, url, job, traceparent } = event
  const body = JSON.stringify(await payloadOf(event, options))
  const ofWhat = type === 'batch.ended' ? job.batchId : job.id
  // The time of the try: receivers refuse old ones, so that nobody repeats what was sent once.
  const now = new Date()
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'Nightshift',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
    'webhook-signature': new Webhook(webhookSecretOf(ofWhat, options.secret)).sign(id, now, body),
    ...(traceparent !== undefined && { traceparent }),
  }
  return postWebhook({ url, headers, body }, options)
}

async function payloadOf(
  { type, endedAt, job }: WebhookEvent,
  { jobs, basePath }: SendOptions,
): Promise<WebhookPayload> {
  const about = { type, timestamp: endedAt.toISOString() }
  if (type !== 'batch.ended') return { ...about, data: snapshotOf(job, basePath) }
  const batch = await jobs.batch(job.batchId)
  if (!batch) throw new Error(`batch ${job.batchId} is gone`)
  return { ...about, data: batchViewOf(batch, basePath) }
}
