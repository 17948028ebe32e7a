import type pg from 'pg'
import type { Job, Jobs } from '../jobs.ts'
import type { Logger } from '../log.ts'
import { AppError } from '../vocabulary/errors.ts'
import type { AdmissionLimits } from './admission.ts'
import { createAdmissionCheck } from './postgres/admission-check.ts'
import { createCreate } from './postgres/create.ts'
import { type JobDatabase, openDatabase } from './postgres/database.ts'
import { answeredWithin } from './postgres/deadline.ts'
import { subscribeToEvents } from './postgres/event-subscription.ts'
import { createMaintenance, markFilesDeleted, rescueWorker } from './postgres/maintain-jobs.ts'
import { startPostgresConsumer } from './postgres/postgres-consumer.ts'
import { existing, get, heartbeat, list, pace, stats } from './postgres/queries.ts'
import { cancelIfNotEnded, removeJob, retryIfEnded } from './postgres/transitions.ts'
import { createQueuePosition, queuePositions } from './postgres/waiting-jobs.ts'

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

/** Jobs in PostgreSQL: rows by Prisma, messages by pg-boss, both in one transaction. The database must be migrated. */
export async function openPostgresJobs({
  url,
  queueLimit,
  ownerLimit,
  pollSeconds,
  historyMs,
  deadlineMs,
  log,
}: PostgresOptions): Promise<PostgresJobs> {
  const db = await openDatabase(url, { deadlineMs, log })
  const limits = { queueLimit, ownerLimit }
  const refusalFor = createAdmissionCheck(db, limits)
  const answered = answeredWithin(deadlineMs)
  return {
    pool: db.pool,
    create: answered(createCreate(db, { ...limits, deadlineMs })),
    admit: answered(async owner => {
      const refusal = await refusalFor(owner)
      if (refusal) throw refusal
    }),
    get: answered(id => get(db, id)),
    list: answered(query => list(db, query)),
    queuePosition: answered(createQueuePosition(db)),
    queuePositions: answered(ids => queuePositions(db, ids)),
    existing: answered(ids => existing(db, ids)),
    cancel: answered(async id => (await cancelIfNotEnded(db, id)) ?? refuse(db, id)),
    retry: answered(async (id, maxAttempts) => (await retryIfEnded(db, id, maxAttempts)) ?? refuse(db, id)),
    remove: answered(async id => {
      if (!(await removeJob(db, id))) throw new AppError('job_not_found')
    }),
    consume: (run, options) => startPostgresConsumer(db, run, { ...options, pollSeconds }),
    pace: kind => pace(db, kind),
    subscribe: (onEvent, onGap) => subscribeToEvents(db, onEvent, onGap),
    rescue: worker => rescueWorker(db, worker),
    maintain: createMaintenance(db, historyMs),
    markFilesDeleted: ids => markFilesDeleted(db, ids),
    heartbeat: status => heartbeat(db, status),
    stats: answered(() => stats(db)),
    close: () => db.close(),
  }
}

/** Throws why nothing was changed: there is no such job, or it had ended. */
async function refuse(db: JobDatabase, id: string): Promise<Job> {
  throw new AppError((await get(db, id)) ? 'job_finished' : 'job_not_found')
}
