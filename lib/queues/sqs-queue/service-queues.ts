import { resourceNames } from '../../aws/resource-names.ts'
import { isServiceRefusal, refusalSentence } from '../../aws/service-error.ts'
import type { SqsClient } from '../../aws/sqs-client.ts'
import type { Logger } from '../../log.ts'
import { ServiceQueue } from './service-queue.ts'

/** A queue of the service, and the one that takes what in it is no message of ours. */
export interface ServiceQueues {
  queue: ServiceQueue
  unreadable: ServiceQueue
}

/**
 * Finds the queues of an installation, or creates them. Where the service cannot be reached each call tries again.
 * @throws ConfigError when the service refuses
 */
export async function openServiceQueues(
  client: SqsClient,
  { prefix, log }: { prefix: string; log: Logger },
): Promise<Record<'convert' | 'webhook', ServiceQueues>> {
  const names = resourceNames(prefix)
  const unreadable = new ServiceQueue(client, { name: names.unreadable })
  const queue = new ServiceQueue(client, { name: names.queue, unreadable })
  // Looked up when the first end is told: most installations never need it.
  const webhooks = new ServiceQueue(client, { name: names.webhookQueue, unreadable })
  try {
    await queue.url()
  } catch (error) {
    if (isServiceRefusal(error)) throw refusalSentence('SQS', error)
    log.warn({ err: error }, 'the queue does not answer; messages are sent later')
  }
  return { convert: { queue, unreadable }, webhook: { queue: webhooks, unreadable } }
}
