import type pg from 'pg'
import type { AdmissionLimits } from '../jobs/admission.ts'
import { openPostgresBus } from '../jobs/buses/postgres-bus.ts'
import { systemClock } from '../jobs/clock.ts'
import { createJobs } from '../jobs/create-jobs.ts'
import { createPostgresStore } from '../jobs/stores/postgres-store.ts'
import type { Jobs } from '../jobs.ts'
import type { Logger } from '../log.ts'
import { openDatabase } from '../postgres/database.ts'
import { createPgBossQueue } from '../queues/pg-boss-queue.ts'

export interface PostgresOptions extends AdmissionLimits {
  url: string
  pollSeconds: number
  historyMs: number
  /** How long a call may wait for an answer, in milliseconds; unset: no limit. */
  deadlineMs?: number | undefined
  log: Logger
}

export interface PostgresJobs extends Jobs {
  /** The pool of the jobs, which the records share; closed with the jobs. */
  pool: pg.Pool
}

/**
 * Jobs in PostgreSQL: rows, messages by pg-boss, both in one transaction, and events. The database must be migrated.
 */
export async function openPostgresJobs(options: PostgresOptions): Promise<PostgresJobs> {
  const { url, queueLimit, ownerLimit, pollSeconds, historyMs, deadlineMs, log } = options
  const db = await openDatabase(url, { deadlineMs, log })
  const queue = createPgBossQueue(db, { pollSeconds })
  const ports = {
    store: createPostgresStore(db, { deadlineMs, messages: queue }),
    queue,
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
