import type { Handler, QueueConsumeOptions, QueueConsumer, QueueMessage } from '../../queue.ts'
import { readMessageText } from '../message-text.ts'
import type { AccountQueue } from './account-queue.ts'
import type { ReceivedItem } from './azure-package.ts'
import { HeldMessage, type HoldOptions } from './held-message.ts'
import { PollPace } from './poll-pace.ts'

/** The longest time until a message is delivered again whose handler rejected. */
const LONGEST_BACKOFF_S = 32

export interface AzureConsumerOptions extends HoldOptions, QueueConsumeOptions {
  /** Takes the texts that are no message of ours. */
  poison: AccountQueue
  idleMs: number
}

interface Received {
  message: QueueMessage
  held: HeldMessage
  /** How often it was delivered. */
  count: number
}

/** Polls one queue and delivers its messages to a handler. */
export class AzureConsumer implements QueueConsumer {
  readonly #handle: Handler
  readonly #options: AzureConsumerOptions
  readonly #pace: PollPace
  readonly #running = new Set<Promise<void>>()
  readonly #ending = new Set<Promise<void>>()
  #polling: Promise<void> | undefined
  #shouldPollAgain = false
  #isAway = false
  #isStopped = false

  constructor(handle: Handler, options: AzureConsumerOptions) {
    this.#handle = handle
    this.#options = options
    this.#pace = new PollPace(options.clock, options.idleMs, () => this.#poll())
    this.#poll()
  }

  wake(): void {
    this.#pace.messageIsExpected()
    this.#poll()
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    this.#pace.stop()
    await this.#polling
    await Promise.all(this.#running)
    await Promise.all(this.#ending)
  }

  #poll(): void {
    if (this.#isStopped) return
    if (this.#polling !== undefined) {
      this.#shouldPollAgain = true
      return
    }
    const count = this.#options.slots - this.#running.size
    if (count <= 0) return // The end of a handler polls again.
    this.#pace.stop()
    this.#shouldPollAgain = false
    this.#polling = this.#receive(count).then(found => {
      this.#polling = undefined
      if (found > 0) this.#pace.messageCame()
      if (found === count || this.#shouldPollAgain) this.#poll()
      else if (!this.#isStopped) this.#pace.schedule()
    })
  }

  /** Resolves to how many came. */
  async #receive(count: number): Promise<number> {
    const { queue, log } = this.#options
    try {
      const items = await queue.receive(count)
      if (this.#isAway) log.info('the queue answers again')
      this.#isAway = false
      for (const item of items) await this.#take(item)
      return items.length
    } catch (error) {
      if (!this.#isAway) log.warn({ err: error }, 'the queue does not answer, and is asked again')
      this.#isAway = true
      return 0
    }
  }

  async #take(item: ReceivedItem): Promise<void> {
    const held = new HeldMessage(item, this.#options)
    const message = readMessageText(item.messageText)
    if (!message) {
      await this.#putAside(item, held)
      return
    }
    const early = (message.runAt?.getTime() ?? 0) - this.#options.clock.now()
    if (early > 0) this.#await(held.giveBack(early / 1000))
    else if (this.#isStopped) this.#await(held.giveBack(0))
    else this.#deliver({ message, held, count: item.dequeueCount })
  }

  /** Lets `stop` wait for the end of a message. */
  #await(end: Promise<void>): void {
    this.#ending.add(end)
    void end.then(() => this.#ending.delete(end))
  }

  /** A text that nobody can read would be delivered again and again. */
  async #putAside({ messageText, messageId }: ReceivedItem, held: HeldMessage): Promise<void> {
    const { poison, log } = this.#options
    try {
      await poison.send(messageText)
      log.error({ message: messageId }, 'a message cannot be read; it was moved to the poison queue')
      this.#await(held.delete())
    } catch (error) {
      log.warn({ err: error, message: messageId }, 'a message that cannot be read stays in the queue')
      this.#await(held.giveBack(LONGEST_BACKOFF_S))
    }
  }

  #deliver(received: Received): void {
    const running = this.#run(received).finally(() => {
      this.#running.delete(running)
      this.#pace.messageCame()
      this.#poll()
    })
    this.#running.add(running)
  }

  async #run({ message, held, count }: Received): Promise<void> {
    const acknowledge = () => this.#await(held.delete())
    try {
      await this.#handle({ message, acknowledge })
      acknowledge()
    } catch {
      this.#await(held.giveBack(Math.min(2 ** (count - 1), LONGEST_BACKOFF_S)))
    }
  }
}
