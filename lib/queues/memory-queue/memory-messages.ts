import type { QueueMessage, QueueName } from '../../queue.ts'

export interface StoredMessage {
  name: QueueName
  message: QueueMessage
  /** A copy of the same message is another delivery. */
  state: 'waiting' | 'delivered' | 'gone'
  /** The earliest delivery, in milliseconds since 1970. */
  notBefore: number
}

export interface TakeOptions {
  /** Milliseconds since 1970. */
  now: number
  groupSlots: number | undefined
}

/** The messages of a memory queue, which several processes may share, in the order of their sending. */
export class MemoryMessages {
  /** Called when a message may be ready. */
  readonly consumers = new Set<() => void>()
  readonly #stored = new Set<StoredMessage>()

  put(name: QueueName, messages: readonly QueueMessage[]): void {
    for (const message of messages)
      this.#stored.add({
        ...{ name, message: structuredClone(message), state: 'waiting' },
        notBefore: message.runAt?.getTime() ?? 0,
      })
    this.#changed()
  }

  discard(name: QueueName, ids: readonly string[]): void {
    for (const stored of this.#stored)
      if (stored.name === name && ids.includes(stored.message.id) && stored.state === 'waiting')
        this.acknowledge(stored)
  }

  /** The first message that is due, of the highest priority among them. */
  take(
    name: QueueName,
    { now, groupSlots = Number.POSITIVE_INFINITY }: TakeOptions,
  ): StoredMessage | undefined {
    const isReady = ({ message: { group }, notBefore }: StoredMessage) =>
      notBefore <= now && (!group || this.#delivered(group) < groupSlots)
    // One at a time over all consumers.
    if (name === 'maintain' && this.#isDelivering(name)) return undefined
    const [first] = this.#waiting(name)
      .filter(isReady)
      .sort((a, b) => (b.message.priority ?? 0) - (a.message.priority ?? 0))
    if (first) first.state = 'delivered'
    return first
  }

  acknowledge(stored: StoredMessage): void {
    stored.state = 'gone'
    if (this.#stored.delete(stored) && (stored.message.group || stored.name === 'maintain')) this.#changed()
  }

  /** Delivers the message again, at this time at the earliest, unless it was acknowledged. */
  putBack(stored: StoredMessage, notBefore = 0): void {
    if (stored.state === 'gone') return
    stored.state = 'waiting'
    stored.notBefore = notBefore
    this.#changed()
  }

  has(id: string): boolean {
    return [...this.#stored].some(({ message }) => message.id === id)
  }

  waiting(name: QueueName): number {
    return this.#waiting(name).length
  }

  /** When the next message is due, in milliseconds since 1970; undefined where none waits. */
  nextDue(name: QueueName): number | undefined {
    const times = this.#waiting(name).map(({ notBefore }) => notBefore)
    return times.length > 0 ? Math.min(...times) : undefined
  }

  #waiting(name: QueueName): StoredMessage[] {
    return [...this.#stored].filter(stored => stored.name === name && stored.state === 'waiting')
  }

  #isDelivering(name: QueueName): boolean {
    return [...this.#stored].some(stored => stored.name === name && stored.state === 'delivered')
  }

  #delivered(group: string): number {
    return [...this.#stored].filter(({ message, state }) => message.group === group && state === 'delivered')
      .length
  }

  #changed(): void {
    for (const wake of this.consumers) wake()
  }
}
