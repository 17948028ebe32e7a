import { type Clock, systemClock } from '#lib/jobs/clock.ts'
import { MemoryMessages } from '#lib/queues/memory-queue/memory-messages.ts'
import { createMemoryQueue } from '#lib/queues/memory-queue.ts'
import { queueConformance } from './queue-conformance.ts'

/** How much faster time passes than it does, so that nobody waits for a full minute. */
const PACE = 60
const START = Date.now()

const clock: Clock = {
  now: () => START + (Date.now() - START) * PACE,
  soon: systemClock.soon,
  after: (ms, run) => systemClock.after(Math.max(0, ms) / PACE, run),
  every: (ms, run) => systemClock.every(ms / PACE, run),
}
const messages = new MemoryMessages()

queueConformance('memory', { open: async () => createMemoryQueue(messages, clock), now: clock.now })
