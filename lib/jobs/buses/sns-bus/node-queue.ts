import { randomUUID } from 'node:crypto'
import { isMissingResource } from '../../../aws/service-error.ts'
import type { SnsClient } from '../../../aws/sns-client.ts'
import type { SqsClient } from '../../../aws/sqs-client.ts'
import type { Clock } from '../../clock.ts'
import type { Topic } from './topic.ts'

/** How long the service keeps events for a process that does not fetch them, in seconds: the shortest it allows. */
export const RETENTION_S = 60
/** Events that were received and not deleted come again after so many seconds. */
const VISIBILITY_S = 30
/** The tags of a queue: when its process lived last, in milliseconds since 1970, and by what it gets its events. */
export const [HEARTBEAT_TAG, SUBSCRIPTION_TAG] = ['heartbeat', 'subscription']

export interface NodeQueueOptions {
  topic: Topic
  sns: SnsClient
  sqs: SqsClient
  prefix: string
  clock: Clock
}

/** The queue of one process, which gets what is published to the topic. */
export class NodeQueue {
  readonly #options: NodeQueueOptions
  #open: { url: string; subscription: string } | undefined

  constructor(options: NodeQueueOptions) {
    this.#options = options
  }

  /** Makes the queue, unless it is there. @throws Error when it cannot be made now */
  async url(): Promise<string> {
    this.#open ??= await this.#create()
    return this.#open.url
  }

  /** Says that this process lives. */
  async beat(): Promise<void> {
    if (!this.#open) return
    await this.#options.sqs.tag({ QueueUrl: this.#open.url, Tags: this.#heartbeat() })
  }

  /** The queue is missing: the next call makes another one. */
  forget(): void {
    this.#open = undefined
  }

  async remove(): Promise<void> {
    const { sns, sqs } = this.#options
    const open = this.#open
    this.#open = undefined
    if (!open) return
    await sns.unsubscribe(open.subscription)
    await sqs.deleteQueue(open.url)
  }

  async #create(): Promise<{ url: string; subscription: string }> {
    const { topic, sqs, prefix } = this.#options
    const topicArn = await topic.arn()
    const url =
      (await sqs.createQueue({
        QueueName: `${prefix}${randomUUID()}`,
        Attributes: {
          MessageRetentionPeriod: String(RETENTION_S),
          VisibilityTimeout: String(VISIBILITY_S),
          Policy: policyFor(topicArn),
        },
        tags: this.#heartbeat(),
      })) ?? ''
    const subscription = await this.#subscribe(url, topicArn)
    await sqs.tag({ QueueUrl: url, Tags: { [SUBSCRIPTION_TAG]: subscription } })
    return { url, subscription }
  }

  async #subscribe(url: string, TopicArn: string): Promise<string> {
    const { topic, sns, sqs } = this.#options
    const { QueueArn } = await sqs.attributesOf(url, ['QueueArn'])
    const wanted = { Protocol: 'sqs', Endpoint: QueueArn, Attributes: { RawMessageDelivery: 'true' } }
    try {
      return (await sns.subscribe({ ...wanted, TopicArn })) ?? ''
    } catch (error) {
      if (isMissingResource(error)) topic.forget()
      await sqs.deleteQueue(url)
      throw error
    }
  }

  #heartbeat(): Record<string, string> {
    return { [HEARTBEAT_TAG]: String(this.#options.clock.now()) }
  }
}

/** Lets this topic, and nobody else, send into the queue. */
function policyFor(topicArn: string): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'sns.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: '*',
        Condition: { ArnEquals: { 'aws:SourceArn': topicArn } },
      },
    ],
  })
}
