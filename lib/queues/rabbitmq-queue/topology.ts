import type { QueueName } from '../../queue.ts'
import type { AmqpChannel } from './amqp.ts'

/** Level n keeps a message for 2^n seconds. A longer time is made of several rounds, the longest of 68 minutes. */
const LEVELS = 12
const LONGEST_S = 2 ** LEVELS - 1

const QUEUES: readonly QueueName[] = ['convert', 'maintain', 'webhook']

export interface Route {
  exchange: string
  routingKey: string
}

/**
 * The names of exchanges and queues on the broker, and what they are for. A message that is due goes to its queue by
 * the exchange `due`. One for later carries the bits of its seconds in its routing key and goes down the levels: at each
 * level it waits if its bit is 1, and moves on when the level's time is over. So all messages of a level wait equally
 * long, and none waits behind one whose time has not come.
 */
export class Topology {
  readonly #prefix: string

  constructor(prefix: string) {
    this.#prefix = prefix
  }

  queue(name: QueueName): string {
    return `${this.#prefix}.${name}`
  }

  /** Keeps messages that could not be read. */
  get unreadable(): string {
    return `${this.#prefix}.unreadable`
  }

  /** Where messages wait: the queue itself, and for all queues the levels. */
  waitingQueues(name: QueueName): string[] {
    return [this.queue(name), ...LEVEL_NUMBERS.map(level => this.#level(level))]
  }

  /** The way of a message to its queue that is delivered after so many milliseconds, or once more looked at. */
  routeTo(name: QueueName, waitMs: number): Route {
    const seconds = Math.min(LONGEST_S, Math.max(0, Math.ceil(waitMs / 1000)))
    if (seconds === 0) return { exchange: this.#due, routingKey: name }
    const bits = seconds.toString(2).padStart(LEVELS, '0')
    const first = Math.floor(Math.log2(seconds))
    return { exchange: this.#level(first), routingKey: [...bits, name].join('.') }
  }

  /** Declares everything; what is there already stays as it is. @throws Error where it is there with other settings */
  async declare(channel: AmqpChannel): Promise<void> {
    await channel.exchangeDeclare({ exchange: this.unreadable, type: 'fanout', durable: true })
    await channel.queueDeclare({ queue: this.unreadable, durable: true, arguments: QUORUM })
    await channel.queueBind({ queue: this.unreadable, exchange: this.unreadable, routingKey: '' })
    await channel.exchangeDeclare({ exchange: this.#due, type: 'topic', durable: true })
    for (const name of QUEUES) await this.#declareQueue(channel, name)
    for (const level of LEVEL_NUMBERS) await this.#declareLevel(channel, level)
  }

  async #declareQueue(channel: AmqpChannel, name: QueueName): Promise<void> {
    const queue = this.queue(name)
    const passOn = { ...PASS_ON, 'x-dead-letter-exchange': this.unreadable }
    await channel.queueDeclare({ queue, durable: true, arguments: passOn })
    await channel.queueBind({ queue, exchange: this.#due, routingKey: `#.${name}` })
  }

  async #declareLevel(channel: AmqpChannel, level: number): Promise<void> {
    const here = this.#level(level)
    const next = level === 0 ? this.#due : this.#level(level - 1)
    const settings = { ...PASS_ON, 'x-message-ttl': 2 ** level * 1000, 'x-dead-letter-exchange': next }
    const higherBits = '*.'.repeat(LEVELS - 1 - level)
    await channel.exchangeDeclare({ exchange: here, type: 'topic', durable: true })
    await channel.queueDeclare({ queue: here, durable: true, arguments: settings })
    await channel.queueBind({ queue: here, exchange: here, routingKey: `${higherBits}1.#` })
    await channel.exchangeBind({ source: here, destination: next, routingKey: `${higherBits}0.#` })
  }

  get #due(): string {
    return `${this.#prefix}.due`
  }

  #level(level: number): string {
    return `${this.#prefix}.later-${2 ** level}s`
  }
}

const LEVEL_NUMBERS = Array.from({ length: LEVELS }, (_, level) => level)

const QUORUM = { 'x-queue-type': 'quorum' }
/** A dead letter leaves its queue only when the next one has it. The broker demands that overflow for this. */
const PASS_ON = { ...QUORUM, 'x-dead-letter-strategy': 'at-least-once', 'x-overflow': 'reject-publish' }
