import type { SqsMessage } from '../../aws/sqs-client.ts'
import type { Handler, QueueConsumeOptions, QueueConsumer, QueueMessage } from '../../queue.ts'
import { readMessageText } from '../message-text.ts'
import { ReceivedMessage, type ReceivedOptions } from './received-message.ts'
import { LONGEST_BACKOFF_S, redeliveryOf } from './redelivery.ts'
import { MOST_RECEIVED, type ServiceQueue } from './service-queue.ts'

/** The longest that the service lets a receive wait. */
export const LONGEST_WAIT_S = 20
/** The longest pause after a receive that failed. */
const LONGEST_PAUSE_MS = 5_000
/** How long a stop waits for an open receive: one that is cut off may have taken a message, which then stays hidden. */
const STOP_MS = 1_500

export interface SqsConsumerOptions extends ReceivedOptions, QueueConsumeOptions {
  /** Takes the texts that are no message of ours. */
  unreadable: ServiceQueue
  waitSeconds: number
}

interface Received {
  message: QueueMessage
  item: SqsMessage
  received: ReceivedMessage
}

/** Receives for the free slots, by calls that wait until messages come, and delivers to a handler. */
export class SqsConsumer implements QueueConsumer {
  readonly #handle: Handler
  readonly #options: SqsConsumerOptions
  readonly #running = new Set<Promise<void>>()
  readonly #ending = new Set<Promise<void>>()
  readonly #stopping = new AbortController()
  /** The open calls, with how many slots each may fill. */
  readonly #receiving = new Map<Promise<void>, number>()
  #cancelPause: (() => void) | undefined
  #pauseMs = 0
  #isStopped = false

  constructor(handle: Handler, options: SqsConsumerOptions) {
    this.#handle = handle
    this.#options = options
    this.#receiveForFreeSlots()
  }

  /** Nothing waits longer than a receive, save after one that failed. */
  wake(): void {
    this.#endPause()
    this.#receiveForFreeSlots()
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    this.#endPause()
    const cancel = this.#options.clock.after(STOP_MS, () => this.#stopping.abort())
    await Promise.all(this.#receiving.keys())
    cancel()
    await Promise.all(this.#running)
    await Promise.all(this.#ending)
  }

  #receiveForFreeSlots(): void {
    if (this.#isStopped || this.#cancelPause) return
    const awaited = [...this.#receiving.values()].reduce((sum, count) => sum + count, 0)
    const count = Math.min(this.#options.slots - this.#running.size - awaited, MOST_RECEIVED)
    if (count <= 0) return // The end of a handler receives again.
    const receiving = this.#receive(count).then(() => {
      this.#receiving.delete(receiving)
      this.#receiveForFreeSlots()
    })
    this.#receiving.set(receiving, count)
  }

  async #receive(count: number): Promise<void> {
    const { queue, waitSeconds, log } = this.#options
    try {
      const items = await queue.receive(count, waitSeconds, this.#stopping.signal)
      if (this.#pauseMs > 0) log.info('the queue answers again')
      this.#pauseMs = 0
      for (const item of items) await this.#take(item)
    } catch (error) {
      if (this.#isStopped) return
      if (this.#pauseMs === 0) log.warn({ err: error }, 'the queue does not answer, and is asked again')
      this.#pause()
    }
  }

  #pause(): void {
    if (this.#cancelPause) return
    this.#pauseMs = Math.min(Math.max(250, this.#pauseMs * 2), LONGEST_PAUSE_MS)
    this.#cancelPause = this.#options.clock.after(this.#pauseMs, () => {
      this.#endPause()
      this.#receiveForFreeSlots()
    })
  }

  #endPause(): void {
    this.#cancelPause?.()
    this.#cancelPause = undefined
  }

  async #take(item: SqsMessage): Promise<void> {
    const received = new ReceivedMessage(item.ReceiptHandle ?? '', this.#options)
    const message = readMessageText(item.Body ?? '')
    if (!message) {
      await this.#putAside(item, received)
      return
    }
    const now = this.#options.clock.now()
    if ((message.runAt?.getTime() ?? 0) > now) this.#await(this.#sendAnew(message, received))
    else if (this.#isStopped) this.#await(received.giveBack(0))
    else this.#deliver({ message, item, received })
  }

  /** Lets `stop` wait for the end of a message. */
  #await(end: Promise<void>): void {
    this.#ending.add(end)
    void end.then(() => this.#ending.delete(end))
  }

  /** A message's copy begins a new life with the service: its delay, its deliveries and its age. */
  #sendAnew(message: QueueMessage, received: ReceivedMessage): Promise<void> {
    const { queue, clock } = this.#options
    return received.replace(() => queue.send([message], clock.now()))
  }

  /** A text that nobody can read would be delivered again and again. */
  async #putAside({ Body = '', MessageId }: SqsMessage, received: ReceivedMessage): Promise<void> {
    const { unreadable, log } = this.#options
    try {
      await unreadable.sendText(Body)
      log.error(
        { message: MessageId },
        'a message cannot be read; it was moved to the queue of unreadable ones',
      )
      this.#await(received.delete())
    } catch (error) {
      log.warn({ err: error, message: MessageId }, 'a message that cannot be read stays in the queue')
      this.#await(received.giveBack(LONGEST_BACKOFF_S))
    }
  }

  #deliver(received: Received): void {
    const running = this.#run(received).finally(() => {
      this.#running.delete(running)
      this.#receiveForFreeSlots()
    })
    this.#running.add(running)
  }

  async #run({ message, item, received }: Received): Promise<void> {
    const acknowledge = () => this.#await(received.delete())
    try {
      await this.#handle({ message, acknowledge })
      acknowledge()
    } catch {
      this.#await(this.#deliverLater({ message, item, received }))
    }
  }

  #deliverLater({ message, item, received }: Received): Promise<void> {
    const now = this.#options.clock.now()
    const { seconds, isWornOut } = redeliveryOf(item.Attributes ?? {}, now)
    return isWornOut
      ? this.#sendAnew({ ...message, runAt: new Date(now + seconds * 1000) }, received)
      : received.giveBack(seconds)
  }
}
