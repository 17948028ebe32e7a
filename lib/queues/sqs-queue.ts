import type { AwsClientOptions } from '../aws/client-options.ts'
import { openSqsClient } from '../aws/sqs-client.ts'
import { type Clock, systemClock } from '../jobs/clock.ts'
import type { Logger } from '../log.ts'
import type { Queue, QueueMessage } from '../queue.ts'
import { ProcessSchedules } from './process-schedules.ts'
import { openServiceQueues } from './sqs-queue/service-queues.ts'
import { LONGEST_WAIT_S, SqsConsumer } from './sqs-queue/sqs-consumer.ts'

export interface SqsQueueOptions extends AwsClientOptions {
  /** How the names of the queues begin. */
  prefix: string
  log: Logger
  clock?: Clock
  /** How long a receive waits for a message, in whole seconds; unset: 20, the longest that the service allows. */
  waitSeconds?: number
}

/**
 * A process's connection to the standard queue of Amazon SQS that brings jobs. A second one
 * brings what webhooks are told. It has no queue for maintenance, because
 * each process would pay for looking into it. Standard queues keep no order, and remove no message that was not
 * delivered. A message's group becomes its `MessageGroupId`: the service serves groups fairly, but limits none. Queues
 * that are missing are created. Where the service cannot be reached the queue opens all the same, and each call tries
 * again.
 * @throws ConfigError when the service refuses
 */
export async function openSqsQueue(options: SqsQueueOptions): Promise<Queue<'convert' | 'webhook'>> {
  const { log, clock = systemClock, waitSeconds = LONGEST_WAIT_S } = options
  const client = await openSqsClient(options)
  const queues = await openServiceQueues(client, options)
  const schedules = new ProcessSchedules(send, clock)

  async function send(name: 'convert' | 'webhook', messages: readonly QueueMessage[]): Promise<void> {
    await queues[name].queue.send(messages, clock.now())
  }

  return {
    keepsOrder: false,
    send,
    async discard() {},
    async consume(name, handle, consumeOptions) {
      if (consumeOptions.groupSlots !== undefined)
        throw new Error('QUEUE=sqs cannot limit how many messages of a group are delivered at a time')
      return new SqsConsumer(handle, { ...consumeOptions, ...queues[name], waitSeconds, clock, log })
    },
    depth: async name => ({ waiting: await queues[name].queue.count(), exact: false }),
    schedule: async schedule => schedules.set(schedule),
    unschedule: async (name, key) => schedules.remove(name, key),
    async close() {
      schedules.stop()
      client.close()
    },
  }
}
