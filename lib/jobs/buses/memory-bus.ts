import type { JobEvent } from '../../jobs.ts'
import type { EventBus } from '../bus.ts'
import type { Clock } from '../clock.ts'

/** The subscribers of all processes on one memory bus. */
export type MemorySubscribers = Set<(event: JobEvent) => void>

/** Events in the memory of this process; a subscriber runs on its own process's clock. */
export function createMemoryBus(subscribers: MemorySubscribers, clock: Clock): EventBus {
  const own: MemorySubscribers = new Set()
  return {
    noticesGaps: true,
    publish(event) {
      for (const subscriber of subscribers) subscriber(event)
    },
    async flush() {},
    async subscribe(onEvent) {
      let isActive = true
      const subscriber = (event: JobEvent) => {
        const copy = structuredClone(event)
        clock.soon(() => isActive && onEvent(copy))
      }
      subscribers.add(subscriber)
      own.add(subscriber)
      return {
        async stop() {
          isActive = false
          subscribers.delete(subscriber)
          own.delete(subscriber)
        },
      }
    },
    async close() {
      for (const subscriber of own) subscribers.delete(subscriber)
    },
  }
}
