import { hashedId } from '../queues/hashed-id.ts'
import type { Job } from '../stored-job.ts'
import type { WebhookEventType, WebhookTry } from '../vocabulary/webhook.ts'

/** One try to tell the end of a job or a batch. */
export interface WebhookEvent {
  /** The same for all tries at one end. */
  id: string
  type: WebhookEventType
  endedAt: Date
  url: string
  /** From 1. */
  attempt: number
  /** The job that has ended; of a batch the one that tells it. */
  job: Job
  /** The trace context of the try, as W3C `traceparent`; unset: it has none. */
  traceparent?: string
}

/** What came of a try. */
export type WebhookAnswer = Pick<WebhookTry, 'status' | 'error'>

/** The event of an end, in milliseconds since 1970; undefined for a job without a webhook, or one that has not ended. */
export function webhookEventOf(
  job: Job,
  { endedAt, attempt }: { endedAt: number; attempt: number },
): WebhookEvent | undefined {
  const { webhook, state } = job
  if (!webhook || state === 'queued' || state === 'running') return undefined
  const isBatch = webhook.of === 'batch'
  return {
    id: hashedId('webhook event', isBatch ? job.batchId : job.id, endedAt),
    type: isBatch ? 'batch.ended' : `job.${state}`,
    endedAt: new Date(endedAt),
    url: webhook.url,
    ...{ attempt, job },
  }
}
