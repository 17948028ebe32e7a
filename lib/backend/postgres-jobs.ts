import type pg from 'pg'
import type { AdmissionLimits } from '../jobs/admission.ts'
import { openPostgresBus } from '../jobs/buses/postgres-bus.ts'
import { systemClock } from '../jobs/clock.ts'
import { createJobs } from '../jobs/create-jobs.ts'
import { createPostgresStore } from '../jobs/stores/postgres-store.ts'
import type { Jobs } from '../jobs.ts'
import type { Logger } from '../log.ts'
import { openDatabase } from '../postgres/database.ts'
import type { Queue } from '../queue.ts'
import { createPgBossQueue } from '../queues/pg-boss-queue.ts'

export interface PostgresOptions extends AdmissionLimits {
  url: string
  pollSeconds: number
  historyMs: number
  /** How long a call may wait for an answer, in milliseconds; unset: no limit. */
  deadlineMs?: number | undefined
  /** Where messages go, closed with the jobs; unset: into the database, in the transactions of their rows. */
  queue?: Queue | undefined
  log: Logger
}

export interface PostgresJobs extends Jobs {
  /** The pool of the jobs, which the records share; closed with the jobs. */
  pool: pg.Pool
}

/**
 * Jobs in PostgreSQL: rows and events, and messages by pg-boss in the transactions of their rows, or by another queue.
 * The database must be migrated.
 */
export async function openPostgresJobs(options: PostgresOptions): Promise<PostgresJobs> {
  const { url, queueLimit, ownerLimit, pollSeconds, historyMs, deadlineMs, log } = options
  const db = await openDatabase(url, { deadlineMs, log })
  const messages = options.queue ? undefined : createPgBossQueue(db, { pollSeconds })
  const ports = {
    store: createPostgresStore(db, { deadlineMs, messages }),
    queue: options.queue ?? messages,
    bus: openPostgresBus(db),
    limits: { queueLimit, ownerLimit },
    ...{ historyMs, clock: systemClock, random: Math.random, log },
  }
  const jobs = createJobs(ports, deadlineMs)
  return {
    ...jobs,
    pool: db.pool,
    async close() {
      await jobs.close()
      await db.close()
    },
  }
}
