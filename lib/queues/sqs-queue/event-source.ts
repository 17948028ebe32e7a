import { openSqsClient } from '../../aws/sqs-client.ts'
import { type Clock, systemClock } from '../../jobs/clock.ts'
import type { Logger } from '../../log.ts'
import type { QueueMessage } from '../../queue.ts'
import { readMessageText } from '../message-text.ts'
import type { SqsQueueOptions } from '../sqs-queue.ts'
import { LONGEST_BACKOFF_S, redeliveryOf } from './redelivery.ts'
import { openServiceQueues, type ServiceQueues } from './service-queues.ts'

/** A message as Lambda received it from the queue and hands it to a function. */
export interface SqsRecord {
  messageId: string
  receiptHandle: string
  body: string
  attributes?: { ApproximateReceiveCount?: string; SentTimestamp?: string }
}

/**
 * The queue of jobs for a function to which Lambda delivers. Lambda receives, and deletes what the function does not
 * name as failed; until then a message is hidden for the time that the queue sets, which is at least the function's.
 */
export class EventSource {
  readonly #queues: ServiceQueues
  readonly #clock: Clock
  readonly #log: Logger
  readonly close: () => void

  constructor(queues: ServiceQueues, { clock, log, close }: { clock: Clock; log: Logger; close(): void }) {
    this.#queues = queues
    this.#clock = clock
    this.#log = log
    this.close = close
  }

  /**
   * Handles one record. Returns whether Lambda may delete it; where not, it is delivered again soon. Never rejects.
   * What is no message of ours goes to the queue of unreadable ones; one for later is sent again for its time.
   */
  async deliver(record: SqsRecord, handle: (message: QueueMessage) => Promise<void>): Promise<boolean> {
    const message = readMessageText(record.body)
    if (!message) return this.#putAside(record)
    if ((message.runAt?.getTime() ?? 0) > this.#clock.now()) return this.#sendAnew(message, record)
    try {
      await handle(message)
      return true
    } catch (error) {
      this.#log.warn({ err: error, message: record.messageId }, 'a message is delivered again')
      return this.refuse(record)
    }
  }

  /** Lets a record that nobody could handle be delivered again, later with each time. @returns as `deliver` */
  async refuse(record: SqsRecord): Promise<boolean> {
    const now = this.#clock.now()
    const { seconds, isWornOut } = redeliveryOf(record.attributes ?? {}, now)
    const message = isWornOut && readMessageText(record.body)
    if (message) return this.#sendAnew({ ...message, runAt: new Date(now + seconds * 1000) }, record)
    await this.giveBack(record, seconds)
    return false
  }

  /** Lets a record be delivered again after so many seconds; where that fails, when the queue shows it by itself. */
  async giveBack({ receiptHandle, messageId }: SqsRecord, seconds: number): Promise<void> {
    try {
      await this.#queues.queue.hide(receiptHandle, seconds)
    } catch (error) {
      this.#log.warn(
        { err: error, message: messageId },
        'a message is delivered again only when its time is over',
      )
    }
  }

  async #sendAnew(message: QueueMessage, record: SqsRecord): Promise<boolean> {
    try {
      await this.#queues.queue.send([message], this.#clock.now())
      return true
    } catch (error) {
      this.#log.warn({ err: error, message: record.messageId }, 'a message for later was not sent again')
      await this.giveBack(record, LONGEST_BACKOFF_S)
      return false
    }
  }

  async #putAside(record: SqsRecord): Promise<boolean> {
    const message = record.messageId
    try {
      await this.#queues.unreadable.sendText(record.body)
      this.#log.error({ message }, 'a message cannot be read; it was moved to the queue of unreadable ones')
      return true
    } catch (error) {
      this.#log.warn({ err: error, message }, 'a message that cannot be read stays in the queue')
      await this.giveBack(record, LONGEST_BACKOFF_S)
      return false
    }
  }
}

/** Opens the queue of jobs for a function. @throws ConfigError when the service refuses */
export async function openEventSource(options: Omit<SqsQueueOptions, 'waitSeconds'>): Promise<EventSource> {
  const { log, clock = systemClock } = options
  const client = await openSqsClient(options)
  const { convert } = await openServiceQueues(client, options)
  return new EventSource(convert, { clock, log, close: () => client.close() })
}
