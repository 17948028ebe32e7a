import * as z from 'zod'
import type { Job, WebhookMessage } from '../jobs.ts'
import type { QueueMessage } from '../queue.ts'
import { hashedId } from '../queues/hashed-id.ts'

const BODY = z.object({ jobId: z.uuid(), step: z.int() })

/** Whether a message names a step of a webhook. One that does not would name none either when it is delivered again. */
export function isWebhookMessage(message: QueueMessage): message is WebhookMessage {
  return BODY.safeParse(message.body).success
}

/** The message of a webhook's step. It has the same id whoever sends it, so that it may be sent twice. */
export function webhookMessageOf(
  id: string,
  { step, endedAt = 0, nextAt }: Pick<NonNullable<Job['webhook']>, 'step' | 'endedAt' | 'nextAt'>,
  finishedAt: Date | null,
): WebhookMessage {
  // The time of the next try at an earlier end says nothing of a later one.
  const isOfThisEnd = endedAt >= (finishedAt?.getTime() ?? 0)
  const runAt = isOfThisEnd && nextAt !== undefined ? new Date(nextAt) : null
  return { id: hashedId('webhook', id, step), body: { jobId: id, step }, runAt }
}
