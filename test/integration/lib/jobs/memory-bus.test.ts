import { createMemoryBus, type MemorySubscribers } from '#lib/jobs/buses/memory-bus.ts'
import { systemClock } from '#lib/jobs/clock.ts'
import { busConformance } from './bus-conformance.ts'

const subscribers: MemorySubscribers = new Set()

busConformance('memory', { open: async () => createMemoryBus(subscribers, systemClock) })
