import { randomUUID } from 'node:crypto'
import type { Logger } from '../../log.ts'
import type { Handler, QueueMessage } from '../../queue.ts'
import { readMessageText } from '../message-text.ts'
import type { AmqpChannel, AmqpConnection, AmqpMessage } from './amqp.ts'
import { LastingChannel } from './lasting-channel.ts'

/** How long a message waits whose handler rejected, in milliseconds. */
const AGAIN_MS = 1_000

export interface SlotOptions {
  connection: AmqpConnection
  queue: string
  handle: Handler
  /** Sends the message once more, not to be delivered before this time. */
  sendAgain(message: QueueMessage, notBefore: Date): Promise<void>
  now(): number
  log: Logger
}

/** A message on the channel that delivered it, and the end of the consumer that received it. */
interface Received {
  raw: AmqpMessage
  channel: AmqpChannel
  cancelled: Promise<unknown>
}

/**
 * Handles one message at a time. A broker pushes the next message as soon as one is acknowledged, and a message is
 * acknowledged long before its handler ends: so the consumer is cancelled at each delivery, and stands again when the
 * slot is free.
 */
export class ConsumerSlot {
  readonly #options: SlotOptions
  readonly #tag = randomUUID()
  readonly #channel: LastingChannel
  /** The channel on which a consumer stands or is being made. */
  #listensOn: AmqpChannel | undefined
  #handling: Promise<void> | undefined
  #isStopped = false

  constructor(options: SlotOptions) {
    const { connection, log } = options
    this.#options = options
    this.#channel = new LastingChannel({ connection, log, prepare: channel => this.#prepare(channel) })
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    const listensOn = this.#listensOn
    // A message that arrives meanwhile goes back.
    if (listensOn?.active) await listensOn.basicCancel(this.#tag).catch(() => {})
    await this.#handling
    // The channel closes after the acknowledgements that were sent over it.
    await this.#channel.close()
  }

  async #prepare(channel: AmqpChannel): Promise<void> {
    await channel.basicQos({ prefetchCount: 1 })
    if (this.#handling === undefined) await this.#listen(channel)
  }

  async #listen(channel: AmqpChannel | undefined): Promise<void> {
    if (this.#isStopped || !channel?.active || this.#listensOn === channel) return
    this.#listensOn = channel
    const params = { queue: this.#options.queue, consumerTag: this.#tag }
    await channel.basicConsume(params, raw => this.#receive(channel, raw))
  }

  #receive(channel: AmqpChannel, raw: AmqpMessage): void {
    this.#listensOn = undefined
    const cancelled = channel.basicCancel(this.#tag).catch(() => {})
    const received = { raw, channel, cancelled }
    if (this.#isStopped) {
      void this.#end(received, { requeue: true })
      return
    }
    this.#handling = this.#deliver(received).finally(() => {
      this.#handling = undefined
      const { current } = this.#channel
      this.#listen(current).catch(() => current?.close())
    })
  }

  async #deliver(received: Received): Promise<void> {
    const { handle, now, log } = this.#options
    const message = readMessage(received.raw)
    if (!message) {
      log.error({ queue: this.#options.queue }, 'a message cannot be read and is put aside')
      return this.#end(received, { requeue: false })
    }
    const waitMs = (message.runAt?.getTime() ?? 0) - now()
    if (waitMs > 0) return this.#sendAgain(received, message)
    let ended: Promise<void> | undefined
    const acknowledge = () => {
      ended ??= this.#end(received)
    }
    try {
      await handle({ message, acknowledge })
      acknowledge()
    } catch (error) {
      if (!ended) log.warn({ err: error, message: message.id }, 'a message is delivered again')
      ended ??= this.#sendAgain(received, message)
    }
    await ended
  }

  /** Ends this delivery after the message was sent once more, so that the broker never has none. */
  async #sendAgain(received: Received, message: QueueMessage): Promise<void> {
    const { sendAgain, now } = this.#options
    const later = new Date(now() + AGAIN_MS)
    try {
      await sendAgain(message, message.runAt && message.runAt > later ? message.runAt : later)
      await this.#end(received)
    } catch {
      await this.#end(received, { requeue: true })
    }
  }

  /** Acknowledges the message or rejects it, after its consumer has ended. On a lost channel it is delivered again. */
  async #end({ raw, channel, cancelled }: Received, reject?: { requeue: boolean }): Promise<void> {
    await cancelled
    if (!channel.active) return
    const { deliveryTag } = raw
    if (reject) channel.basicNack({ deliveryTag, ...reject })
    else channel.basicAck({ deliveryTag })
  }
}

function readMessage({ body }: AmqpMessage): QueueMessage | undefined {
  return Buffer.isBuffer(body) ? readMessageText(body.toString()) : undefined
}
