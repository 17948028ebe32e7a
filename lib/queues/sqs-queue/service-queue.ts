import { isDenied, isMissingResource } from '../../aws/service-error.ts'
import type { SqsClient, SqsMessage } from '../../aws/sqs-client.ts'
import { ConfigError } from '../../config.ts'
import type { QueueMessage } from '../../queue.ts'
import { MESSAGE_RETENTION_S, MOST_RECEIVES } from './queue-attributes.ts'
import { batchesOf, entryOf } from './send-batches.ts'

/** How long a message stays hidden from others without a sign of its receiver. */
export const HIDDEN_S = 10
/** The service delivers no more messages in one call. */
export const MOST_RECEIVED = 10
const COUNTS = [
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
] as const

export interface ServiceQueueOptions {
  name: string
  /** Takes what the service delivers in vain; unset: nothing does. */
  unreadable?: ServiceQueue
}

/** The calls on one queue of the service. Each looks the queue up, or creates it, where that was not done yet. */
export class ServiceQueue {
  readonly #client: SqsClient
  readonly #options: ServiceQueueOptions
  #url: Promise<string> | undefined

  constructor(client: SqsClient, options: ServiceQueueOptions) {
    this.#client = client
    this.#options = options
  }

  /** Finds the queue, or creates it. @throws ConfigError when it is missing and may not be created */
  async url(): Promise<string> {
    this.#url ??= this.#findOrCreate()
    try {
      return await this.#url
    } catch (error) {
      this.#url = undefined
      throw error
    }
  }

  /** @throws Error when some messages may not be durable */
  async send(messages: readonly QueueMessage[], now: number): Promise<void> {
    const batches = batchesOf(messages.map(message => entryOf(message, now)))
    await Promise.all(
      batches.map(entries =>
        this.#call(async QueueUrl => {
          const { Failed = [] } = await this.#client.send({ QueueUrl, Entries: entries })
          const [first] = Failed
          if (first)
            throw new Error(
              `SQS did not take ${Failed.length} of ${entries.length} messages: ${first.Code} ${first.Message ?? ''}`,
            )
        }),
      ),
    )
  }

  async sendText(text: string): Promise<void> {
    await this.#call(async QueueUrl => {
      const { Failed = [] } = await this.#client.send({ QueueUrl, Entries: [{ Id: '0', MessageBody: text }] })
      if (Failed[0]) throw new Error(`SQS did not take a message: ${Failed[0].Code}`)
    })
  }

  /** Waits for messages, up to so many seconds. */
  receive(count: number, waitSeconds: number, stopping: AbortSignal): Promise<SqsMessage[]> {
    return this.#call(QueueUrl =>
      this.#client.receive(
        {
          QueueUrl,
          MaxNumberOfMessages: count,
          WaitTimeSeconds: waitSeconds,
          VisibilityTimeout: HIDDEN_S,
          MessageSystemAttributeNames: ['ApproximateReceiveCount', 'SentTimestamp'],
        },
        stopping,
      ),
    )
  }

  /** Hides a delivered message from everybody, from now on. */
  async hide(ReceiptHandle: string, seconds: number): Promise<void> {
    await this.#call(QueueUrl =>
      this.#client.hide({ QueueUrl, ReceiptHandle, VisibilityTimeout: Math.ceil(seconds) }),
    )
  }

  async delete(ReceiptHandle: string): Promise<void> {
    await this.#call(QueueUrl => this.#client.delete({ QueueUrl, ReceiptHandle }))
  }

  /** An estimate, which counts hidden, delayed and delivered messages too. */
  async count(): Promise<number> {
    const attributes = await this.#call(url => this.#client.attributesOf(url, [...COUNTS]))
    return COUNTS.reduce((sum, name) => sum + Number(attributes[name] ?? 0), 0)
  }

  /** Makes the queue again when somebody deleted it. */
  async #call<T>(call: (url: string) => Promise<T>): Promise<T> {
    try {
      return await call(await this.url())
    } catch (error) {
      if (!isMissingResource(error)) throw error
      this.#url = undefined
      return call(await this.url())
    }
  }

  async #findOrCreate(): Promise<string> {
    const { name } = this.#options
    try {
      const url = await this.#client.findQueue(name)
      if (url) return url
    } catch (error) {
      if (!isMissingResource(error)) throw error
    }
    return this.#create(name)
  }

  async #create(name: string): Promise<string> {
    try {
      const Attributes = { MessageRetentionPeriod: String(MESSAGE_RETENTION_S), ...(await this.#redrive()) }
      return (await this.#client.createQueue({ QueueName: name, Attributes })) ?? ''
    } catch (error) {
      if (!isDenied(error)) throw error
      throw new ConfigError(
        `SQS has no queue “${name}”, and the role may not create it. Create that standard queue, or allow sqs:CreateQueue.`,
      )
    }
  }

  async #redrive(): Promise<Record<string, string>> {
    const { unreadable } = this.#options
    if (!unreadable) return {}
    const { QueueArn } = await this.#client.attributesOf(await unreadable.url(), ['QueueArn'])
    return {
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: QueueArn, maxReceiveCount: MOST_RECEIVES }),
    }
  }
}
