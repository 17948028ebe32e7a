import { randomUUID } from 'node:crypto'
import type { Job, NewJob } from '../../jobs.ts'
import { AppError } from '../../vocabulary/errors.ts'
import type { AdmissionLimits } from '../admission.ts'
import { isSameRequest } from '../same-request.ts'
import { whyRefused } from './admission-check.ts'
import { batched } from './batched.ts'
import { againIfDropped, type JobDatabase } from './database.ts'
import { type JobTableRow, toJob } from './job-table-row.ts'
import { QUEUE } from './queue.ts'
import { insertIfBelowLimit, transaction } from './statements.ts'

type Create = (job: NewJob) => Promise<{ job: Job; created: boolean }>
/** `by` is the deadline of the caller on the clock of `performance.now()`. */
type Wanted = NewJob & AdmissionLimits & { messageId: string; by: number }

/**
 * Writes row and message in one transaction and publishes the event after it. Jobs that arrive during a transaction
 * share the next one: under load most of a small file's time was the wait for commits. A job that is not written within
 * `deadlineMs` is never written, because its sender got an error and may have sent it again.
 * @see Jobs.create
 */
export function createCreate(
  db: JobDatabase,
  { deadlineMs = Number.POSITIVE_INFINITY, ...limits }: AdmissionLimits & { deadlineMs?: number | undefined },
): Create {
  const insert = batched((jobs: Wanted[]) => insertEach(db, jobs))
  return async job => {
    const by = performance.now() + deadlineMs
    const earlier = await findEarlier(db, job)
    if (earlier) return { job: earlier, created: false }
    const row = await insert({ ...job, messageId: randomUUID(), ...limits, by })
    if (row) {
      db.events.publish({ type: 'changed', id: row.id, version: row.version, state: row.state })
      return { job: toJob(row), created: true }
    }
    // Either the queue is full, or another call with the same key was faster.
    const winner = await findEarlier(db, job)
    if (winner) return { job: winner, created: false }
    // A place became free in the meantime. Checking it again would start over, so the client retries instead.
    throw (await whyRefused(db, job.owner, limits)) ?? new AppError('queue_full', { retryAfter: 1 })
  }
}

/** Inserts all in one transaction; when one fails it, each in its own. */
async function insertEach(
  db: JobDatabase,
  jobs: Wanted[],
): Promise<PromiseSettledResult<JobTableRow | undefined>[]> {
  if (jobs.length > 1) {
    const rows = await insertAll(db, jobs).catch(() => undefined)
    if (rows) return rows.map(value => ({ status: 'fulfilled', value }))
  }
  const alone = async (job: Wanted) => (await againIfDropped(() => insertAll(db, [job])))[0]
  return Promise.allSettled(jobs.map(alone))
}

function insertAll(db: JobDatabase, jobs: Wanted[]): Promise<(JobTableRow | undefined)[]> {
  return transaction(db.pool, async client => {
    refuseLate(jobs)
    const rows: (JobTableRow | undefined)[] = []
    for (const job of jobs) rows.push(await insertIfBelowLimit(client, job))
    const messages = jobs
      .filter((_, index) => rows[index])
      .map(({ id, messageId }) => ({ id: messageId, data: { jobId: id } }))
    const tx = { executeSql: (text: string, values?: unknown[]) => client.query(text, values) }
    if (messages.length > 0) await db.boss.insert(QUEUE, messages, { db: tx })
    refuseLate(jobs)
    return rows
  })
}

/** @throws AppError `database_down` when the deadline of one of these has passed */
function refuseLate(jobs: Wanted[]): void {
  if (jobs.some(({ by }) => performance.now() >= by)) throw new AppError('database_down', { log: TOO_LATE })
}

const TOO_LATE = 'the database was ready for a new job only when its sender had been refused'

async function findEarlier(db: JobDatabase, job: NewJob): Promise<Job | undefined> {
  const { owner, idempotencyKey } = job
  if (idempotencyKey === undefined) return undefined
  const row = await againIfDropped(() =>
    db.prisma.job.findUnique({ where: { owner_idempotencyKey: { owner, idempotencyKey } } }),
  )
  if (!row) return undefined
  const earlier = toJob(row)
  if (!isSameRequest(earlier, job)) throw new AppError('idempotency_conflict')
  return earlier
}
