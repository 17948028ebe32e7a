import type { AdmissionLimits } from '../jobs/admission.ts'
import type { EventBus } from '../jobs/bus.ts'
import { systemClock } from '../jobs/clock.ts'
import { createJobs } from '../jobs/create-jobs.ts'
import type { ObserveJobs } from '../jobs/job-fact.ts'
import { type DynamodbStoreOptions, openDynamodbStore } from '../jobs/stores/dynamodb-store.ts'
import type { Jobs } from '../jobs.ts'
import type { Queue } from '../queue.ts'
import type { Tracing } from '../tracing.ts'

export interface DynamodbOptions extends AdmissionLimits, DynamodbStoreOptions {
  historyMs: number
  /** @see JobPorts */
  functionSlots?: number | undefined
  /** @see JobPorts */
  observe?: ObserveJobs | undefined
  /** @see JobPorts */
  tracing?: Tracing | undefined
  /** Where messages go, closed with the jobs. */
  queue: Queue<'convert' | 'webhook'>
  /** Where events go, closed with the jobs. */
  bus: EventBus
}

/** Jobs in DynamoDB, with a queue and a bus of any kind. @throws ConfigError when the table cannot be used */
export async function openDynamodbJobs(options: DynamodbOptions): Promise<Jobs> {
  const { queue, bus, queueLimit, ownerLimit, historyMs, functionSlots, deadlineMs } = options
  const { observe, tracing, log } = options
  const ports = {
    ...{ store: await openDynamodbStore(options), queue, bus, limits: { queueLimit, ownerLimit } },
    ...{ historyMs, functionSlots, clock: systemClock, random: Math.random, observe, tracing, log },
  }
  return createJobs(ports, deadlineMs)
}
