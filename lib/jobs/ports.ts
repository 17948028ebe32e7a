import type { Logger } from '../log.ts'
import type { Queue } from '../queue.ts'
import type { Tracing } from '../tracing.ts'
import type { AdmissionLimits } from './admission.ts'
import type { EventBus } from './bus.ts'
import type { Clock } from './clock.ts'
import type { ObserveJobs } from './job-fact.ts'
import type { JobStore } from './store.ts'

/** What the rules of a job's life work with. */
export interface JobPorts {
  store: JobStore
  queue: Queue<'convert' | 'webhook'>
  bus: EventBus
  limits: AdmissionLimits
  /** How many jobs functions may run side by side that are started when a message comes; unset: none. */
  functionSlots?: number | undefined
  /** How long rows are kept after their end, in milliseconds. */
  historyMs: number
  clock: Clock
  /** From 0 to 1, for backoffs. */
  random(): number
  /** Is told what became of jobs by writes of this process; unset: nobody is. */
  observe?: ObserveJobs | undefined
  /** Unset: no spans are recorded. */
  tracing?: Tracing | undefined
  log: Logger
}
