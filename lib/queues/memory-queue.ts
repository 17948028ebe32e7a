import { randomUUID } from 'node:crypto'
import type { Clock } from '../jobs/clock.ts'
import type { Handler, Queue, QueueConsumeOptions, QueueConsumer, QueueName, Schedule } from '../queue.ts'
import { nextCronTime } from './cron.ts'
import type { MemoryMessages, StoredMessage } from './memory-queue/memory-messages.ts'

/** A process's queue over messages in memory, for tests of what uses it. Consumers run on the process's clock. */
export function createMemoryQueue(messages: MemoryMessages, clock: Clock): Queue {
  const schedules = new Map<string, () => void>()
  const queue: Queue = {
    keepsOrder: true,
    send: async (name, sent) => messages.put(name, sent),
    discard: async (name, ids) => messages.discard(name, ids),
    consume: async (name, handle, options) => new MemoryConsumer({ messages, clock, name }, handle, options),
    depth: async name => ({ waiting: messages.waiting(name), exact: true }),
    async schedule(schedule) {
      const cancel = startSchedule(schedule, queue, clock)
      schedules.get(keyOf(schedule.name, schedule.key))?.()
      schedules.set(keyOf(schedule.name, schedule.key), cancel)
    },
    async unschedule(name, key) {
      schedules.get(keyOf(name, key))?.()
      schedules.delete(keyOf(name, key))
    },
    async close() {
      for (const cancel of schedules.values()) cancel()
    },
  }
  return queue
}

const keyOf = (name: QueueName, key: string) => `${name} ${key}`

/** @throws Error for a cron expression or time zone that cannot be read */
function startSchedule(schedule: Schedule, queue: Queue, clock: Clock): () => void {
  let cancel = () => {}
  function waitAfter(last: number): void {
    const time = nextCronTime(schedule, last)
    cancel = clock.after(time - clock.now(), () => {
      void queue.send(schedule.name, [{ id: randomUUID(), body: schedule.body }])
      // A timer may fire early, and the same minute must not come twice.
      waitAfter(Math.max(time, clock.now()))
    })
  }
  waitAfter(clock.now())
  return () => cancel()
}

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
    const { messages } = this.#source
    const acknowledge = () => messages.acknowledge(stored)
    const running = this.#handle({ message: stored.message, acknowledge, prefetch: () => {} })
      .then(acknowledge)
      .catch(() => messages.putBack(stored))
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
