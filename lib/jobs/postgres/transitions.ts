import { randomUUID } from 'node:crypto'
import { fromPrisma } from 'pg-boss'
import type { AttemptOutcome, Job } from '../../jobs.ts'
import { AppError } from '../../vocabulary/errors.ts'
import type { StoredError } from '../../vocabulary/job.ts'
import { statesFor } from '../../vocabulary/job-life.ts'
import { backoffMs } from '../backoff.ts'
import { againIfDropped, type JobDatabase, Prisma, type Tx } from './database.ts'
import { attemptOf, type JobTableRow, toJob, toJson } from './job-table-row.ts'
import { DEAD_QUEUE, QUEUE } from './queue.ts'

/** The condition of a write by an attempt: the job is still running and was not claimed again. */
export interface LeaseToken {
  id: string
  claim: number
}

export const whereStillLeased = ({ id, claim }: LeaseToken) => ({
  id,
  attempt: claim,
  state: 'running' as const,
})

/**
 * Ends the attempt with an error. The job is queued again when the error is retryable and an attempt is left. Otherwise
 * it has failed, and a retryable error sends its message to the dead-letter queue for the operator.
 */
export async function failIfStillLeased(
  db: JobDatabase,
  token: LeaseToken,
  { error, outcome = 'failed' }: { error: StoredError; outcome?: AttemptOutcome },
): Promise<Job | undefined> {
  const row = await againIfDropped(() => db.prisma.job.findUnique({ where: { id: token.id } }))
  if (!row) return undefined
  const end = { outcome, errorCode: error.code }
  const attempt = attemptOf(row)
  if (!error.retryable || attempt >= row.maxAttempts) {
    const data = { state: 'failed' as const, error: toJson(error) }
    return endIfStillLeased(db, token, { ...end, data, isDeadLetter: error.retryable })
  }
  // The death of a worker is not the document's fault: the next worker claims the job at once.
  const runAt = outcome === 'lost' ? null : new Date(Date.now() + backoffMs(attempt))
  return requeueIfStillLeased(db, token, { ...end, data: { runAt, error: toJson(error) } })
}

/** Publishes the picture of the first page; the attempt continues. */
export function showIfStillLeased(
  db: JobDatabase,
  token: LeaseToken,
  thumbnailKey: string,
): Promise<Job | undefined> {
  return transact(db, async tx => {
    const data = { thumbnailKey, version: { increment: 1 } }
    return (await tx.job.updateManyAndReturn({ where: whereStillLeased(token), data }))[0]
  })
}

/** Puts the job back into the queue; the attempt does not count. */
export function handBackIfStillLeased(db: JobDatabase, token: LeaseToken): Promise<Job | undefined> {
  const data = { runAt: null, handedBack: { increment: 1 } }
  return requeueIfStillLeased(db, token, { outcome: 'handed_back', data })
}

/** Cancels a job that waits or runs; undefined when it had already ended. */
export async function cancelIfNotEnded(db: JobDatabase, id: string): Promise<Job | undefined> {
  return transact(db, async tx => {
    const [row] = await tx.job.updateManyAndReturn({
      where: { id, state: { in: statesFor('cancel') } },
      data: ended('cancelled'),
    })
    if (!row) return undefined
    await acknowledge(db, tx, row.messageId)
    await closeAttempt(tx, row, { outcome: 'cancelled' })
    return row
  })
}

/** Queues a job again that failed or was cancelled and still has its files, with `maxAttempts` more attempts. */
export async function retryIfEnded(
  db: JobDatabase,
  id: string,
  maxAttempts: number,
): Promise<Job | undefined> {
  return transact(db, async tx => {
    const row = await tx.job.findUnique({ where: { id } })
    if (!row) return undefined
    const [again] = await tx.job.updateManyAndReturn({
      // The files of an expired job may be deleted at this moment.
      where: {
        id,
        state: { in: statesFor('retry') },
        expiresAt: { gt: new Date() },
        filesDeletedAt: null,
        version: row.version,
      },
      data: {
        ...(await waiting(db, tx, { jobId: id, runAt: null })),
        maxAttempts: attemptOf(row) + maxAttempts,
        error: Prisma.DbNull,
        finishedAt: null,
      },
    })
    if (!again) throw new AppError('not_retryable') // This also rolls the message back.
    return again
  })
}

/** Deletes the row, timeline and message of a job in any state; false when there was none. */
export async function removeJob(db: JobDatabase, id: string): Promise<boolean> {
  const removed = await againIfDropped(() =>
    db.prisma.$transaction(async tx => {
      const row = await tx.job.findUnique({
        where: { id },
        select: { messageId: true, owner: true, batchId: true },
      })
      if (!row) return undefined
      await acknowledge(db, tx, row.messageId)
      await tx.job.deleteMany({ where: { id } })
      return { owner: row.owner, batchId: row.batchId }
    }),
  )
  if (removed) db.events.publish({ type: 'gone', id, ...removed })
  return removed !== undefined
}

interface AttemptEnd {
  outcome: AttemptOutcome
  errorCode?: string
}

interface JobEnd extends AttemptEnd {
  data: Prisma.JobUpdateManyMutationInput & { state: 'completed' | 'failed' }
  isDeadLetter: boolean
}

async function endIfStillLeased(
  db: JobDatabase,
  token: LeaseToken,
  { data, isDeadLetter, ...end }: JobEnd,
): Promise<Job | undefined> {
  return transact(db, async tx => {
    const [row] = await tx.job.updateManyAndReturn({
      where: whereStillLeased(token),
      data: { ...ended(data.state), ...data },
    })
    if (!row) return undefined
    await closeAttempt(tx, row, end)
    await acknowledge(db, tx, row.messageId)
    if (isDeadLetter) await deadLetter(db, tx, token.id)
    return row
  })
}

interface Requeue extends AttemptEnd {
  data: { runAt: Date | null } & Prisma.JobUpdateManyMutationInput
}

async function requeueIfStillLeased(
  db: JobDatabase,
  token: LeaseToken,
  { data, ...end }: Requeue,
): Promise<Job | undefined> {
  return transact(db, async tx => {
    const before = await tx.job.findFirst({ where: whereStillLeased(token), select: { messageId: true } })
    if (!before) return undefined
    await acknowledge(db, tx, before.messageId)
    const [row] = await tx.job.updateManyAndReturn({
      where: whereStillLeased(token),
      data: { ...(await waiting(db, tx, { jobId: token.id, runAt: data.runAt })), ...data },
    })
    // Another write was faster: throwing rolls the new message back too.
    if (!row) throw new Superseded()
    await closeAttempt(tx, row, end)
    return row
  })
}

class Superseded extends Error {}

/** Runs one transaction, then publishes its event. */
async function transact(
  db: JobDatabase,
  write: (tx: Tx) => Promise<JobTableRow | undefined>,
): Promise<Job | undefined> {
  const row = await againIfDropped(() => db.prisma.$transaction(write)).catch(error => {
    if (error instanceof Superseded) return undefined
    throw error
  })
  if (!row) return undefined
  db.events.publish({ type: 'changed', id: row.id, version: row.version, state: row.state })
  return toJob(row)
}

/** The columns of a job that has ended. */
function ended<S extends 'completed' | 'failed' | 'cancelled'>(state: S) {
  return {
    state,
    version: { increment: 1 },
    progress: Prisma.DbNull,
    worker: null,
    heartbeatAt: null,
    runAt: null,
    finishedAt: new Date(),
  }
}

/** Sends a new message and returns the columns of a job that waits for it. */
async function waiting(db: JobDatabase, tx: Tx, { jobId, runAt }: { jobId: string; runAt: Date | null }) {
  const messageId = randomUUID()
  const [next] = await tx.$queryRaw<{ number: bigint }[]>`SELECT nextval('jobs_queue_number_seq') AS number`
  await db.boss.send(
    QUEUE,
    { jobId },
    { id: messageId, ...(runAt && { startAfter: runAt }), db: fromPrisma(tx) },
  )
  return {
    state: 'queued' as const,
    version: { increment: 1 },
    progress: Prisma.DbNull,
    worker: null,
    heartbeatAt: null,
    runAt,
    queuedAt: new Date(),
    ...(next && { queueNumber: next.number }),
    messageId,
  }
}

function acknowledge(db: JobDatabase, tx: Tx, messageId: string) {
  return db.boss.complete(QUEUE, messageId, null, { db: fromPrisma(tx), includeQueued: true })
}

async function deadLetter(db: JobDatabase, tx: Tx, jobId: string): Promise<void> {
  await db.boss.send(DEAD_QUEUE, { jobId }, { db: fromPrisma(tx) })
}

async function closeAttempt(tx: Tx, job: { id: string; attempt: number }, end: AttemptEnd): Promise<void> {
  await tx.attempt.updateMany({
    where: { jobId: job.id, number: job.attempt, endedAt: null },
    data: { endedAt: new Date(), ...end },
  })
}
