import type { Clock } from '../jobs/clock.ts'
import type { Handler, Queue, QueueConsumeOptions, QueueConsumer, QueueName } from '../queue.ts'
import type { MemoryMessages, StoredMessage } from './memory-queue/memory-messages.ts'
import { ProcessSchedules } from './process-schedules.ts'

/**
 * A process's queue over messages in memory, which end with it: for tests of what uses a queue, and for maintenance where
 * the queue of jobs has none for it. Consumers run on the process's clock.
 */
export function createMemoryQueue(messages: MemoryMessages, clock: Clock): Queue {
  const send: Queue['send'] = async (name, sent) => messages.put(name, sent)
  const schedules = new ProcessSchedules(send, clock)
  return {
    keepsOrder: true,
    send,
    discard: async (name, ids) => messages.discard(name, ids),
    consume: async (name, handle, options) => new MemoryConsumer({ messages, clock, name }, handle, options),
    depth: async name => ({ waiting: messages.waiting(name), exact: true }),
    schedule: async schedule => schedules.set(schedule),
    unschedule: async (name, key) => schedules.remove(name, key),
    close: async () => schedules.stop(),
  }
}

/** A message whose handler failed is delivered again after so many milliseconds. */
const AGAIN_MS = 1_000

interface Source {
  messages: MemoryMessages
  clock: Clock
  name: QueueName
}

class MemoryConsumer implements QueueConsumer {
  readonly #source: Source
  readonly #handle: Handler
  readonly #options: QueueConsumeOptions
  readonly #running = new Set<Promise<void>>()
  readonly #onChange = () => this.wake()
  #cancelTimer = () => {}
  #isStopped = false

  constructor(source: Source, handle: Handler, options: QueueConsumeOptions) {
    this.#source = source
    this.#handle = handle
    this.#options = options
    source.messages.consumers.add(this.#onChange)
    this.wake()
  }

  wake(): void {
    this.#source.clock.soon(() => this.#fill())
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    this.#cancelTimer()
    this.#source.messages.consumers.delete(this.#onChange)
    await Promise.all(this.#running)
  }

  #fill(): void {
    const { messages, clock, name } = this.#source
    const { slots, groupSlots } = this.#options
    while (!this.#isStopped && this.#running.size < slots) {
      const stored = messages.take(name, { now: clock.now(), groupSlots })
      if (!stored) {
        this.#wakeWhenDue()
        return
      }
      this.#deliver(stored)
    }
  }

  #deliver(stored: StoredMessage): void {
    const { messages, clock } = this.#source
    const acknowledge = () => messages.acknowledge(stored)
    const running = this.#handle({ message: stored.message, acknowledge })
      .then(acknowledge)
      .catch(() => messages.putBack(stored, clock.now() + AGAIN_MS))
      .finally(() => {
        this.#running.delete(running)
        this.wake()
      })
    this.#running.add(running)
  }

  /** Checks the clock again, because a timer may fire a millisecond early. */
  #wakeWhenDue(): void {
    const { messages, clock, name } = this.#source
    this.#cancelTimer()
    const due = messages.nextDue(name)
    if (due !== undefined) this.#cancelTimer = clock.after(Math.max(1, due - clock.now()), () => this.#fill())
  }
}
