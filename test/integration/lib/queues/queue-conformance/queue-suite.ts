import { randomUUID } from 'node:crypto'
import type { Delivery, Queue, QueueConsumeOptions, QueueConsumer, QueueMessage } from '#lib/queue.ts'
import { until } from '#test/until.ts'

export interface OpenQueues {
  /** The queue as one more process opens it: all see the same messages. */
  open(options: { pollSeconds: number }): Promise<Queue>
  close?(): Promise<void>
  /** The clock of the back end, in milliseconds since 1970; unset: the system's. */
  now?(): number
  /** Whether a discarded message is never delivered; unset: true. */
  discards?: boolean
  /**
   * Whether the suite waits for the minutes of schedules; unset: true. Not where they are those of `ProcessSchedules`,
   * which the queue in memory runs by a faster clock, and not where a proof does.
   */
  waitsForMinutes?: boolean
  /** How it serves maintenance; unset: one message at a time over all consumers. */
  maintains?: 'by slots' | 'not'
  /** Whether it limits the messages of a group; unset: true. */
  groups?: boolean
}

/** One run of a handler. */
export interface Arrival {
  delivery: Delivery
  /** When the handler was called, by the clock of the back end. */
  at: number
  hasEnded: boolean
  /** Lets the handler resolve, or reject with this error. */
  end(error?: Error): void
}

/** A consumer, and all that its handler was given. */
export interface Receiver {
  arrivals: Arrival[]
  /** The most handlers that ran at the same time. */
  most: number
  consumer: QueueConsumer
}

export type ReceiveOptions = Partial<QueueConsumeOptions> & { queue?: Queue }

/** What the tests share: a queue, and consumers and further queues that end with each test. */
export class QueueSuite {
  readonly discards: boolean
  readonly groups: boolean
  readonly maintains: OpenQueues['maintains']
  readonly now: () => number
  readonly #implementation: OpenQueues
  readonly #receivers: Receiver[] = []
  readonly #others: Queue[] = []
  #queue: Queue | undefined

  constructor(implementation: OpenQueues) {
    this.#implementation = implementation
    this.discards = implementation.discards ?? true
    this.groups = implementation.groups ?? true
    this.maintains = implementation.maintains
    this.now = implementation.now ?? Date.now
  }

  get queue(): Queue {
    if (!this.#queue) throw new Error('the suite is not open')
    return this.#queue
  }

  async open(): Promise<void> {
    this.#queue = await this.#implementation.open({ pollSeconds: 1 })
  }

  /** The queue in one more process; it looks for messages once in so many seconds. */
  async openAnother(pollSeconds = 1): Promise<Queue> {
    const queue = await this.#implementation.open({ pollSeconds })
    this.#others.push(queue)
    return queue
  }

  /** Consumes with handlers that run until they are ended. */
  async hold(options?: ReceiveOptions): Promise<Receiver> {
    return this.#receive(() => {}, options)
  }

  /** Consumes with handlers that resolve at once. */
  async collect(options?: ReceiveOptions): Promise<Receiver> {
    return this.#receive(arrival => arrival.end(), options)
  }

  /** Consumes with handlers that resolve when `handle` has. */
  async work(handle: (delivery: Delivery) => Promise<void>, options?: ReceiveOptions): Promise<Receiver> {
    return this.#receive(arrival => handle(arrival.delivery).then(() => arrival.end(), arrival.end), options)
  }

  /** Sends one message for each of these fields; returns their ids. */
  async send(...all: Partial<QueueMessage>[]): Promise<string[]> {
    const messages = all.map(newMessage)
    await this.queue.send('convert', messages)
    return messages.map(({ id }) => id)
  }

  waiting = async (queue = this.queue) => (await queue.depth('convert')).waiting

  /** Waits until so many handlers were called. */
  async arrived(receiver: Receiver, count: number): Promise<Arrival[]> {
    await until(`${count} messages arrive`, () => receiver.arrivals.length >= count)
    return receiver.arrivals
  }

  async endAll(): Promise<void> {
    for (const { arrivals } of this.#receivers) for (const arrival of arrivals) arrival.end()
    const stopped = this.#receivers.splice(0).map(async ({ arrivals, consumer }) => {
      const stopping = consumer.stop()
      for (const arrival of arrivals) arrival.end()
      await stopping
    })
    await Promise.all(stopped)
    for (const queue of this.#others.splice(0)) await queue.close()
    if ((await this.waiting()) === 0) return
    const consumer = await this.queue.consume('convert', async () => {}, { slots: 5 })
    await until('no message is left', async () => (await this.waiting()) === 0)
    await consumer.stop()
  }

  async close(): Promise<void> {
    await this.#queue?.close()
  }

  async #receive(
    onArrival: (arrival: Arrival) => unknown,
    { queue = this.queue, slots = 2, groupSlots }: ReceiveOptions = {},
  ): Promise<Receiver> {
    const arrivals: Arrival[] = []
    const counts = { arrivals, most: 0 }
    const running = () => arrivals.filter(({ hasEnded }) => !hasEnded).length
    const handle = async (delivery: Delivery) => {
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      const end = (error?: Error) => (error ? reject(error) : resolve())
      const arrival = { delivery, at: this.now(), hasEnded: false, end }
      arrivals.push(arrival)
      counts.most = Math.max(counts.most, running())
      onArrival(arrival)
      await promise.finally(() => {
        arrival.hasEnded = true
      })
    }
    const consumer = await queue.consume('convert', handle, { slots, groupSlots })
    const receiver: Receiver = Object.assign(counts, { consumer })
    this.#receivers.push(receiver)
    return receiver
  }
}

export const idsOf = ({ arrivals }: Receiver): string[] => arrivals.map(({ delivery }) => delivery.message.id)

function newMessage(fields: Partial<QueueMessage>): QueueMessage {
  return { id: randomUUID(), body: {}, ...fields }
}
