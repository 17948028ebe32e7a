import { pino } from 'pino'
import { newMemoryState } from '#lib/backend/memory-jobs.ts'
import { createMemoryBus } from '#lib/jobs/buses/memory-bus.ts'
import { systemClock } from '#lib/jobs/clock.ts'
import type { JobPorts } from '#lib/jobs/ports.ts'
import { createMemoryStore } from '#lib/jobs/stores/memory-store.ts'
import { createMemoryQueue } from '#lib/queues/memory-queue.ts'

/** Ports in memory, for tests of the rules with ports that fail. */
export function createMemoryPorts(): JobPorts {
  const { table, messages, subscribers } = newMemoryState()
  return {
    store: createMemoryStore(table, systemClock),
    queue: createMemoryQueue(messages, systemClock),
    bus: createMemoryBus(subscribers, systemClock),
    ...{ limits: { queueLimit: 100, ownerLimit: 100 }, historyMs: 86_400_000 },
    ...{ clock: systemClock, random: Math.random, log: pino({ level: 'silent' }) },
  }
}
