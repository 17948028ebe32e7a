import { pino } from 'pino'
import type { AdmissionLimits } from '../jobs/admission.ts'
import { createMemoryBus, type MemorySubscribers } from '../jobs/buses/memory-bus.ts'
import { type Clock, systemClock } from '../jobs/clock.ts'
import { createJobs } from '../jobs/create-jobs.ts'
import type { ObserveJobs } from '../jobs/job-fact.ts'
import { JobTable } from '../jobs/stores/memory-store/job-table.ts'
import { createMemoryStore } from '../jobs/stores/memory-store.ts'
import type { Jobs } from '../jobs.ts'
import { MemoryMessages } from '../queues/memory-queue/memory-messages.ts'
import { createMemoryQueue } from '../queues/memory-queue.ts'
import type { Tracing } from '../tracing.ts'

/** What several processes share. */
export interface MemoryState {
  table: JobTable
  messages: MemoryMessages
  subscribers: MemorySubscribers
}

export function newMemoryState(clock: Clock = systemClock): MemoryState {
  return { table: new JobTable(clock), messages: new MemoryMessages(), subscribers: new Set() }
}

export interface MemoryOptions extends AdmissionLimits {
  historyMs: number
  /** The clock of this process. */
  clock?: Clock
  random?: () => number
  state?: MemoryState
  /** @see JobPorts */
  observe?: ObserveJobs
  /** @see JobPorts */
  tracing?: Tracing
}

/** Jobs in the memory of one process, for tests of the code that uses Jobs. */
export function openMemoryJobs({
  historyMs,
  clock = systemClock,
  random = Math.random,
  state = newMemoryState(clock),
  observe,
  tracing,
  ...limits
}: MemoryOptions): Jobs {
  return createJobs({
    store: createMemoryStore(state.table, clock),
    queue: createMemoryQueue(state.messages, clock),
    bus: createMemoryBus(state.subscribers, clock),
    ...{ limits, historyMs, clock, random, observe, tracing, log: pino({ level: 'silent' }) },
  })
}
