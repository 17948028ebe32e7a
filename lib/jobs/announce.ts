import type { Job, JobMessage, WebhookMessage } from '../jobs.ts'
import type { JobPorts } from './ports.ts'
import type { Written } from './store.ts'

/**
 * What follows every write: the change is published, and messages are sent that the store did not send. Where the queue
 * is away the row keeps its mark, and maintenance sends the message later.
 */
export async function announce(ports: JobPorts, written: Written): Promise<Job>
export async function announce(ports: JobPorts, written: Written | undefined): Promise<Job | undefined>
export async function announce(ports: JobPorts, written: Written | undefined): Promise<Job | undefined> {
  if (!written) return undefined
  const { job, unsent, unsentWebhook } = written
  const { id, version, state } = job
  ports.bus.publish({ type: 'changed', id, version, state })
  if (unsent) await sendUnlessAway(ports, [unsent])
  if (unsentWebhook) await sendWebhooksUnlessAway(ports, [unsentWebhook])
  return job
}

/** Sends messages and takes the mark from their rows. A message that is sent twice finds no job the second time. */
export async function sendUnlessAway(
  { queue, store, log }: JobPorts,
  messages: readonly JobMessage[],
): Promise<void> {
  try {
    await queue.send('convert', messages)
    await store.markSentIfUnsent(messages)
  } catch (error) {
    log.warn({ err: error, jobIds: messages.map(({ body }) => body.jobId) }, 'messages are sent later')
  }
}

/** The same for messages of webhooks. One that is sent twice finds no step the second time. */
export async function sendWebhooksUnlessAway(
  { queue, store, log }: JobPorts,
  messages: readonly WebhookMessage[],
): Promise<void> {
  try {
    await queue.send('webhook', messages)
    await store.markWebhooksSentIfUnsent(messages)
  } catch (error) {
    log.warn({ err: error, jobIds: messages.map(({ body }) => body.jobId) }, 'webhooks are told later')
  }
}
