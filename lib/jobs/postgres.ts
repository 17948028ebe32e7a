import type { Job, Jobs } from '../jobs.ts'
import type { Logger } from '../log.ts'
import { AppError } from '../vocabulary/errors.ts'
import type { Limits } from './admission.ts'
import { createLook } from './postgres/admission.ts'
import { createCreate } from './postgres/create.ts'
import { type Database, openDatabase } from './postgres/database.ts'
import { answeredWithin } from './postgres/deadline.ts'
import { createPlace, get, known, list, pace, places, report, stats } from './postgres/reading.ts'
import { cancelIfNotEnded, remove, retryIfEnded } from './postgres/transitions.ts'
import { createUpkeep, forgetFiles, rescueWorker } from './postgres/upkeep.ts'
import { listen } from './postgres/watch.ts'
import { work } from './postgres/work.ts'

export interface PostgresOptions extends Limits {
  url: string
  pollSeconds: number
  historyMs: number
  /** How long whoever asks waits for an answer, in milliseconds; without it as long as it takes. */
  deadlineMs?: number | undefined
  log: Logger
}

/** Jobs in PostgreSQL: rows by Prisma, messages by pg-boss, both in one transaction. The database is migrated. */
export async function openPostgresJobs({
  url,
  queueLimit,
  ownerLimit,
  pollSeconds,
  historyMs,
  deadlineMs,
  log,
}: PostgresOptions): Promise<Jobs> {
  const db = await openDatabase(url, { deadlineMs, log })
  const limits = { queueLimit, ownerLimit }
  const refusalFor = createLook(db, limits)
  const answered = answeredWithin(deadlineMs)
  return {
    create: answered(createCreate(db, { ...limits, deadlineMs })),
    admit: answered(async owner => {
      const refusal = await refusalFor(owner)
      if (refusal) throw refusal
    }),
    get: answered(id => get(db, id)),
    list: answered(query => list(db, query)),
    place: answered(createPlace(db)),
    places: answered(() => places(db)),
    known: answered(ids => known(db, ids)),
    cancel: answered(async id => (await cancelIfNotEnded(db, id)) ?? refuse(db, id)),
    retry: answered(async (id, maxAttempts) => (await retryIfEnded(db, id, maxAttempts)) ?? refuse(db, id)),
    remove: answered(async id => {
      if (!(await remove(db, id))) throw new AppError('job_not_found')
    }),
    work: (run, options) => work(db, run, { ...options, pollSeconds }),
    pace: kind => pace(db, kind),
    watch: (onEvent, onGap) => listen(db, onEvent, onGap),
    rescue: worker => rescueWorker(db, worker),
    maintain: createUpkeep(db, historyMs),
    forgetFiles: ids => forgetFiles(db, ids),
    report: said => report(db, said),
    stats: answered(() => stats(db)),
    close: () => db.close(),
  }
}

/** Says why nothing was changed: there is no such job, or it had ended. */
async function refuse(db: Database, id: string): Promise<Job> {
  throw new AppError((await get(db, id)) ? 'job_finished' : 'job_not_found')
}
