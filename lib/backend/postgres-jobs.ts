import type pg from 'pg'
import type { AdmissionLimits } from '../jobs/admission.ts'
import type { EventBus } from '../jobs/bus.ts'
import { openPostgresBus } from '../jobs/buses/postgres-bus.ts'
import { systemClock } from '../jobs/clock.ts'
import { createJobs } from '../jobs/create-jobs.ts'
import type { ObserveJobs } from '../jobs/job-fact.ts'
import type { JobPorts } from '../jobs/ports.ts'
import { createPostgresStore } from '../jobs/stores/postgres-store.ts'
import type { Jobs } from '../jobs.ts'
import type { Logger } from '../log.ts'
import { openDatabase, type PostgresDatabase } from '../postgres/database.ts'
import type { Queue } from '../queue.ts'
import { createPgBossQueue } from '../queues/pg-boss-queue.ts'
import type { Tracing } from '../tracing.ts'

export interface PostgresOptions extends AdmissionLimits {
  url: string
  pollSeconds: number
  historyMs: number
  /** @see JobPorts */
  functionSlots?: number | undefined
  /** How long a call may wait for an answer, in milliseconds; unset: no limit. */
  deadlineMs?: number | undefined
  /** @see JobPorts */
  observe?: ObserveJobs | undefined
  /** @see JobPorts */
  tracing?: Tracing | undefined
  /** Where messages go, closed with the jobs; unset: into the database, in the transactions of their rows. */
  queue?: Queue<'convert' | 'webhook'> | undefined
  /** Where events go, closed with the jobs; unset: through the database. */
  bus?: EventBus | undefined
  log: Logger
}

export interface PostgresJobs extends Jobs {
  /** The pool of the jobs, which the records share; closed with the jobs. */
  pool: pg.Pool
  /** The queue in the database; undefined where messages go elsewhere. */
  ownQueue: Queue | undefined
}

/**
 * Jobs in PostgreSQL: rows, events where no other bus carries them, and messages by pg-boss in the transactions of their
 * rows, or by another queue.
 * The database must be migrated.
 */
export async function openPostgresJobs(options: PostgresOptions): Promise<PostgresJobs> {
  const { url, queueLimit, ownerLimit, historyMs, functionSlots, deadlineMs, bus } = options
  const { observe, tracing, log } = options
  const db = await openDatabase(url, { deadlineMs, log })
  const { ownQueue, ...storeAndQueue } = openStoreAndQueue(db, options)
  const ports = {
    ...storeAndQueue,
    bus: bus ?? openPostgresBus(db),
    limits: { queueLimit, ownerLimit },
    ...{ historyMs, functionSlots, clock: systemClock, random: Math.random, observe, tracing, log },
  }
  const jobs = createJobs(ports, deadlineMs)
  return {
    ...jobs,
    pool: db.pool,
    ownQueue,
    async close() {
      await jobs.close()
      await db.close()
    },
  }
}

function openStoreAndQueue(
  db: PostgresDatabase,
  { queue, deadlineMs, pollSeconds }: PostgresOptions,
): Pick<JobPorts, 'store' | 'queue'> & Pick<PostgresJobs, 'ownQueue'> {
  if (queue) return { queue, ownQueue: undefined, store: createPostgresStore(db, { deadlineMs }) }
  const messages = createPgBossQueue(db, { pollSeconds })
  return { queue: messages, ownQueue: messages, store: createPostgresStore(db, { deadlineMs, messages }) }
}
