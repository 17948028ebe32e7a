import { randomUUID } from 'node:crypto'
import { fromPrisma } from 'pg-boss'
import type { AttemptOutcome, Job } from '../../jobs.ts'
import { AppError } from '../../vocabulary/errors.ts'
import type { JobError } from '../../vocabulary/job.ts'
import { backoffMs } from '../backoff.ts'
import { againIfDropped, type Database, Prisma, type Tx } from './database.ts'
import { DEAD_QUEUE, QUEUE } from './queue.ts'
import { attemptOf, type JobRow, toJob, toJson } from './row.ts'

/** A held job as a write's condition: still running, and not claimed again since. */
export interface Held {
  id: string
  claim: number
}

export const stillHeld = ({ id, claim }: Held) => ({ id, attempt: claim, state: 'running' as const })

/**
 * Ends the attempt with an error. The job waits for a later attempt when that may help and one is left; else it
 * has failed, and if another try might have helped, its message goes to the dead-letter queue for the operator.
 */
export async function failIfStillHeld(
  db: Database,
  held: Held,
  { error, outcome = 'failed' }: { error: JobError; outcome?: AttemptOutcome },
): Promise<Job | undefined> {
  const row = await againIfDropped(() => db.prisma.job.findUnique({ where: { id: held.id } }))
  if (!row) return undefined
  const end = { outcome, errorCode: error.code }
  const attempt = attemptOf(row)
  if (!error.retryable || attempt >= row.maxAttempts) {
    const data = { state: 'failed' as const, error: toJson(error) }
    return endIfStillHeld(db, held, { ...end, data, isDeadLetter: error.retryable })
  }
  // A death says nothing about the document: the next worker takes the job at once.
  const runAt = outcome === 'lost' ? null : new Date(Date.now() + backoffMs(attempt))
  return requeueIfStillHeld(db, held, { ...end, data: { runAt, error: toJson(error) } })
}

/** Shows the picture of the first page; the attempt goes on. */
export function showIfStillHeld(db: Database, held: Held, thumbnailKey: string): Promise<Job | undefined> {
  return transact(db, async tx => {
    const data = { thumbnailKey, version: { increment: 1 } }
    return (await tx.job.updateManyAndReturn({ where: stillHeld(held), data }))[0]
  })
}

/** Back to the queue unharmed: the attempt does not count. */
export function handBackIfStillHeld(db: Database, held: Held): Promise<Job | undefined> {
  const data = { runAt: null, handedBack: { increment: 1 } }
  return requeueIfStillHeld(db, held, { outcome: 'handed_back', data })
}

/** Cancels a job that waits or runs; undefined when it had ended already. */
export async function cancelIfNotEnded(db: Database, id: string): Promise<Job | undefined> {
  return transact(db, async tx => {
    const [row] = await tx.job.updateManyAndReturn({
      where: { id, state: { in: ['queued', 'running'] } },
      data: ended('cancelled'),
    })
    if (!row) return undefined
    await settleMessage(db, tx, row.messageId)
    await closeAttempt(tx, row, { outcome: 'cancelled' })
    return row
  })
}

/** Another `maxAttempts` for a job that failed or was cancelled and still has its files. */
export async function retryIfEnded(db: Database, id: string, maxAttempts: number): Promise<Job | undefined> {
  return transact(db, async tx => {
    const row = await tx.job.findUnique({ where: { id } })
    if (!row) return undefined
    const [again] = await tx.job.updateManyAndReturn({
      where: { id, state: { in: ['failed', 'cancelled'] }, filesDeletedAt: null, version: row.version },
      data: {
        ...(await waiting(db, tx, { jobId: id, runAt: null })),
        maxAttempts: attemptOf(row) + maxAttempts,
        error: Prisma.DbNull,
        finishedAt: null,
      },
    })
    if (!again) throw new AppError('not_retryable') // also takes back the message
    return again
  })
}

/** Deletes row, timeline and message of a job in any state; false when there was none. */
export async function remove(db: Database, id: string): Promise<boolean> {
  const removed = await againIfDropped(() =>
    db.prisma.$transaction(async tx => {
      const row = await tx.job.findUnique({ where: { id }, select: { messageId: true } })
      if (!row) return false
      await settleMessage(db, tx, row.messageId)
      await tx.job.deleteMany({ where: { id } })
      return true
    }),
  )
  if (removed) db.notices.publish({ type: 'gone', id })
  return removed
}

interface AttemptEnd {
  outcome: AttemptOutcome
  errorCode?: string
}

interface JobEnd extends AttemptEnd {
  data: Prisma.JobUpdateManyMutationInput & { state: 'completed' | 'failed' }
  isDeadLetter: boolean
}

async function endIfStillHeld(
  db: Database,
  held: Held,
  { data, isDeadLetter, ...end }: JobEnd,
): Promise<Job | undefined> {
  return transact(db, async tx => {
    const [row] = await tx.job.updateManyAndReturn({
      where: stillHeld(held),
      data: { ...ended(data.state), ...data },
    })
    if (!row) return undefined
    await closeAttempt(tx, row, end)
    await settleMessage(db, tx, row.messageId)
    if (isDeadLetter) await bury(db, tx, held.id)
    return row
  })
}

interface Requeue extends AttemptEnd {
  data: { runAt: Date | null } & Prisma.JobUpdateManyMutationInput
}

async function requeueIfStillHeld(
  db: Database,
  held: Held,
  { data, ...end }: Requeue,
): Promise<Job | undefined> {
  return transact(db, async tx => {
    const before = await tx.job.findFirst({ where: stillHeld(held), select: { messageId: true } })
    if (!before) return undefined
    await settleMessage(db, tx, before.messageId)
    const [row] = await tx.job.updateManyAndReturn({
      where: stillHeld(held),
      data: { ...(await waiting(db, tx, { jobId: held.id, runAt: data.runAt })), ...data },
    })
    // Someone else was quicker: throw, so that the new message is taken back too.
    if (!row) throw new Superseded()
    await closeAttempt(tx, row, end)
    return row
  })
}

class Superseded extends Error {}

/** One transaction, then the notice of what it did. */
async function transact(
  db: Database,
  write: (tx: Tx) => Promise<JobRow | undefined>,
): Promise<Job | undefined> {
  const row = await againIfDropped(() => db.prisma.$transaction(write)).catch(error => {
    if (error instanceof Superseded) return undefined
    throw error
  })
  if (!row) return undefined
  db.notices.publish({ type: 'changed', id: row.id, version: row.version, state: row.state })
  return toJob(row)
}

/** The columns of a job that ended. */
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

/** Sends a new message and gives the columns of a job that waits for it. */
async function waiting(db: Database, tx: Tx, { jobId, runAt }: { jobId: string; runAt: Date | null }) {
  const messageId = randomUUID()
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
    messageId,
  }
}

function settleMessage(db: Database, tx: Tx, messageId: string) {
  return db.boss.complete(QUEUE, messageId, null, { db: fromPrisma(tx), includeQueued: true })
}

async function bury(db: Database, tx: Tx, jobId: string): Promise<void> {
  await db.boss.send(DEAD_QUEUE, { jobId }, { db: fromPrisma(tx) })
}

async function closeAttempt(tx: Tx, job: { id: string; attempt: number }, end: AttemptEnd): Promise<void> {
  await tx.attempt.updateMany({
    where: { jobId: job.id, number: job.attempt, endedAt: null },
    data: { endedAt: new Date(), ...end },
  })
}
