import { pino } from 'pino'
import { openDynamodbJobs } from '#lib/backend/dynamodb-jobs.ts'
import { createMemoryBus } from '#lib/jobs/buses/memory-bus.ts'
import { systemClock } from '#lib/jobs/clock.ts'
import { MemoryMessages } from '#lib/queues/memory-queue/memory-messages.ts'
import { createMemoryQueue } from '#lib/queues/memory-queue.ts'
import { DYNALITE_ACCESS, type Dynalite, openDynalite } from '#test/dynalite.ts'
import { jobsConformance } from './jobs-conformance.ts'

const log = pino({ level: 'silent' })
const messages = new MemoryMessages()
let emulator: Dynalite | undefined

jobsConformance('DynamoDB', {
  async open(limits) {
    emulator = await openDynalite()
    return openDynamodbJobs({
      ...{ prefix: 'test', endpoint: emulator.endpoint, ...DYNALITE_ACCESS },
      queue: createMemoryQueue(messages, systemClock),
      bus: createMemoryBus(new Set(), systemClock),
      ...{ ...limits, historyMs: 30 * 86_400_000, log },
    })
  },
  messagesLeft: async () => messages.waiting('convert'),
  close: async () => emulator?.close(),
})
