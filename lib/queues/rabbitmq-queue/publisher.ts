import { setImmediate as turn } from 'node:timers/promises'
import type { QueueMessage } from '../../queue.ts'
import { messageTextOf } from '../message-text.ts'
import type { AmqpChannel } from './amqp.ts'
import { LastingChannel, type LastingChannelOptions } from './lasting-channel.ts'
import type { Route } from './topology.ts'

/** How long the broker may take to confirm, in milliseconds; it confirms nothing while its disk or memory is full. */
const CONFIRM_MS = 5_000

export type Routed = Route & { message: QueueMessage }

/** Publishes messages with confirms. */
export class Publisher {
  readonly #channel: LastingChannel
  /** The ids of messages that came back, because no queue took them. */
  readonly #returned = new Set<string>()

  constructor({ prepare, ...options }: LastingChannelOptions) {
    this.#channel = new LastingChannel({ ...options, prepare: channel => this.#prepare(channel, prepare) })
  }

  /** Resolves when the first channel is ready, or could not be opened. */
  get tried(): Promise<void> {
    return this.#channel.tried
  }

  /** @throws Error while there is no connection */
  async channel(): Promise<AmqpChannel> {
    await this.tried
    const { current } = this.#channel
    if (!current) throw new Error('there is no connection to RabbitMQ')
    return current
  }

  /** Resolves when the broker has all messages on its disk. @throws Error when it may not have some */
  async publish(messages: readonly Routed[]): Promise<void> {
    const channel = await this.channel()
    await within(CONFIRM_MS, Promise.all(messages.map(message => publishOn(channel, message))))
    // The client says after the confirm that a message came back.
    await turn()
    const lost = messages.filter(({ message }) => this.#returned.delete(message.id))
    if (lost.length === 0) return
    await channel.close()
    throw new Error(`RabbitMQ has no queue for ${lost.map(({ routingKey }) => routingKey).join(', ')}`)
  }

  async close(): Promise<void> {
    await this.#channel.close()
  }

  async #prepare(channel: AmqpChannel, declare: LastingChannelOptions['prepare']): Promise<void> {
    this.#returned.clear()
    channel.on('basic.return', ({ messageId }) => messageId && this.#returned.add(messageId))
    await declare(channel)
    await channel.confirmSelect()
  }
}

function publishOn(channel: AmqpChannel, { message, ...route }: Routed): Promise<void> {
  const envelope = { ...route, messageId: message.id, durable: true, mandatory: true }
  return channel.basicPublish(envelope, Buffer.from(messageTextOf(message)))
}

async function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error(`RabbitMQ confirmed nothing for ${ms} ms`)), ms)
  return Promise.race([promise, late]).finally(() => clearTimeout(timer))
}
