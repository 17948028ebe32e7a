import type { AwsClientOptions } from '../../aws/client-options.ts'
import { resourceNames } from '../../aws/resource-names.ts'
import { isServiceRefusal, refusalSentence } from '../../aws/service-error.ts'
import { openSnsClient } from '../../aws/sns-client.ts'
import { openSqsClient } from '../../aws/sqs-client.ts'
import type { Logger } from '../../log.ts'
import type { EventBus } from '../bus.ts'
import { type Clock, systemClock } from '../clock.ts'
import { EventReceiver } from './sns-bus/event-receiver.ts'
import { NodeQueue } from './sns-bus/node-queue.ts'
import { NodeReaper } from './sns-bus/node-reaper.ts'
import { Topic } from './sns-bus/topic.ts'
import { TopicPublisher } from './sns-bus/topic-publisher.ts'

export interface SnsBusOptions extends AwsClientOptions {
  /** How the names of the topic and of the queues begin. */
  prefix: string
  log: Logger
  clock?: Clock
  /** Where SQS is reached instead of `endpoint`. */
  sqsEndpoint?: string | undefined
  /** How long a receive waits for events, in whole seconds; unset: 20, the longest that the service allows. */
  waitSeconds?: number
}

/**
 * Events by one topic of Amazon SNS and a queue of Amazon SQS for each process that subscribes; a process that only
 * publishes has none. A queue whose process died is removed by the others. The topic is created where it is missing.
 * Where the service cannot be reached the bus opens all the same.
 * @throws ConfigError when the service refuses
 */
export async function openSnsBus(options: SnsBusOptions): Promise<EventBus> {
  const { prefix, log, clock = systemClock, waitSeconds = 20, sqsEndpoint = options.endpoint } = options
  const sns = await openSnsClient(options)
  const sqs = await openSqsClient({ ...options, endpoint: sqsEndpoint })
  const names = resourceNames(prefix)
  const topic = new Topic(sns, names.topic)
  const publisher = new TopicPublisher({ topic, sns, log })
  const queue = new NodeQueue({ topic, sns, sqs, prefix: names.nodeQueues, clock })
  const reaper = new NodeReaper({ sns, sqs, prefix: names.nodeQueues, clock, log })
  const receiver = new EventReceiver({ queue, reaper, sqs, clock, log, waitSeconds })
  try {
    await topic.arn()
  } catch (error) {
    if (isServiceRefusal(error)) throw refusalSentence('SNS', error)
    log.warn({ err: error }, 'the topic of the events does not answer; it is asked again')
  }
  return {
    noticesGaps: true,
    publish: event => publisher.publish(event),
    flush: () => publisher.flush(),
    subscribe: (onEvent, onGap) => receiver.subscribe({ onEvent, onGap }),
    async close() {
      await publisher.flush()
      await receiver.close()
      sns.close()
      sqs.close()
    },
  }
}
