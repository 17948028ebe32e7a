import { Prisma } from '../../../../prisma/generated/client.ts'
import type { AttemptOutcome } from '../../../jobs.ts'
import { againIfDropped } from '../../../postgres/again-if-dropped.ts'
import type { Need, Progress } from '../../../vocabulary/job.ts'
import { statesFor } from '../../../vocabulary/job-life.ts'
import type { JobStore, LeaseToken, NeedAnswer, Requeue, RetryTerms, Written } from '../../store.ts'
import { attemptOf, type JobTableRow, toJson } from './job-table-row.ts'
import { turnExpression } from './waiting-jobs.ts'
import { endRow, nextStep } from './webhook-columns.ts'
import { type StoreParts, sendWithin, sqlOf, unsentSince, writtenOf } from './written-row.ts'

/** A transaction as Prisma passes it to its callback. */
type Tx = Prisma.TransactionClient

const whereStillLeased = ({ id, claim }: LeaseToken) => ({ id, attempt: claim, state: 'running' as const })

/** Extends the lease and writes progress where there is any. Returns the row's version. */
export async function renewIfStillLeased(
  { prisma }: StoreParts,
  token: LeaseToken,
  progress: Progress | undefined,
): Promise<number | undefined> {
  const [row] = await prisma.job.updateManyAndReturn({
    where: whereStillLeased(token),
    data: {
      heartbeatAt: new Date(),
      ...(progress && { progress: toJson(progress), version: { increment: 1 } }),
    },
    select: { version: true },
  })
  return row?.version
}

/** Ends the job with an error. */
export function endWithErrorIfStillLeased(
  parts: StoreParts,
  token: LeaseToken,
  { outcome, error, log }: Pick<Requeue, 'outcome' | 'error' | 'log'>,
): Promise<Written | undefined> {
  return write(parts, async tx => {
    const data = { ...ended('failed'), error: toJson(error) }
    const row = await endRow(tx, whereStillLeased(token), data)
    if (row) await closeAttempt(tx, row, { outcome, errorCode: error.code, ...(log && { log }) })
    return row
  })
}

/** Ends the attempt with an error; the job waits again, behind its owner's other jobs. */
export function requeueIfStillLeased(
  parts: StoreParts,
  token: LeaseToken,
  { outcome, error, log, ...next }: Requeue,
): Promise<Written | undefined> {
  return write(parts, async tx => {
    const data = { ...(await waiting(parts, tx, { ...next, id: token.id })), error: toJson(error) }
    const [row] = await tx.job.updateManyAndReturn({ where: whereStillLeased(token), data })
    if (row) await closeAttempt(tx, row, { outcome, errorCode: error.code, ...(log && { log }) })
    return row
  })
}

/** Puts the job back, behind its owner's other jobs; the attempt does not count. */
export function handBackIfStillLeased(
  parts: StoreParts,
  token: LeaseToken,
  messageId: string,
): Promise<Written | undefined> {
  return write(parts, async tx => {
    const again = await waiting(parts, tx, { id: token.id, messageId, runAt: null })
    const data = { ...again, handedBack: { increment: 1 } }
    const [row] = await tx.job.updateManyAndReturn({ where: whereStillLeased(token), data })
    if (row) await closeAttempt(tx, row, { outcome: 'handed_back' })
    return row
  })
}

/** Ends the attempt with a question, without counting it. */
export function askIfStillLeased(
  parts: StoreParts,
  token: LeaseToken,
  { needs, error, errorCode, messageId }: Parameters<JobStore['askIfStillLeased']>[1],
): Promise<Written | undefined> {
  return write(parts, async tx => {
    const data = { ...needing(messageId, needs), error: toJson(error), handedBack: { increment: 1 } }
    const [row] = await tx.job.updateManyAndReturn({ where: whereStillLeased(token), data })
    if (row) await closeAttempt(tx, row, { outcome: 'asked', errorCode })
    return row
  })
}

/** Queues a job that needed something; undefined when it needs nothing, or nothing any more. */
export function answerIfNeeded(
  parts: StoreParts,
  id: string,
  { sealed, messageId }: NeedAnswer,
): Promise<Written | undefined> {
  return write(parts, async tx => {
    const again = await waiting(parts, tx, { id, messageId, runAt: null })
    const [row] = await tx.job.updateManyAndReturn({
      where: { id, state: { in: statesFor('answer') }, needs: { not: null } },
      data: { ...again, sealed, hadSecrets: true, error: Prisma.DbNull },
    })
    return row
  })
}

/** Fails a job that expired before it got what it needed. */
export function failIfUnanswered(
  parts: StoreParts,
  id: string,
  { expiredBefore, error }: Parameters<JobStore['failIfUnanswered']>[1],
): Promise<Written | undefined> {
  const where = {
    id,
    state: { in: statesFor('failUnanswered') },
    needs: { not: null },
    expiresAt: { lt: expiredBefore },
  }
  const data = { ...ended('failed'), needs: null, error: toJson(error) }
  return write(parts, tx => endRow(tx, where, data))
}

/** Cancels a job that waits or runs; undefined when it had already ended. */
export async function cancelIfNotEnded(
  parts: StoreParts,
  id: string,
): Promise<(Written & { messageId: string }) | undefined> {
  let messageId = ''
  const written = await write(parts, async tx => {
    const where = { id, state: { in: statesFor('cancel') } }
    const row = await endRow(tx, where, ended('cancelled'))
    if (!row) return undefined
    messageId = row.messageId
    await closeAttempt(tx, row, { outcome: 'cancelled' })
    return row
  })
  return written && { ...written, messageId }
}

/** Queues a job again that failed or was cancelled and still has its files, with `maxAttempts` more attempts. */
export function retryIfEnded(
  parts: StoreParts,
  id: string,
  { maxAttempts, messageId, needs }: RetryTerms,
): Promise<Written | undefined> {
  return write(parts, async tx => {
    const row = await tx.job.findUnique({ where: { id } })
    if (!row) return undefined
    const [again] = await tx.job.updateManyAndReturn({
      // The files of an expired job may be deleted at this moment.
      where: {
        id,
        state: { in: statesFor('retry') },
        expiresAt: { gt: new Date() },
        filesDeletedAt: null,
        deletedBy: null,
        version: row.version,
      },
      data: {
        ...(needs ? needing(messageId, needs) : await waiting(parts, tx, { id, messageId, runAt: null })),
        maxAttempts: attemptOf(row) + maxAttempts,
        ...nextStep(null),
        error: Prisma.DbNull,
        finishedAt: null,
      },
    })
    return again
  })
}

/** Withholds the result of a job that has ended; its files expire now. */
export function requestDeletionIfKept(parts: StoreParts, id: string): Promise<Written | undefined> {
  return write(parts, async tx => {
    const where = { id, state: { in: statesFor('requestDeletion') }, filesDeletedAt: null, deletedBy: null }
    const data = { deletedBy: 'owner', expiresAt: new Date(), version: { increment: 1 } }
    return (await tx.job.updateManyAndReturn({ where, data }))[0]
  })
}

/** Runs one transaction: the write of a row and, where the job waits then, the sending of its message. */
async function write(
  parts: StoreParts,
  change: (tx: Tx) => Promise<JobTableRow | undefined>,
): Promise<Written | undefined> {
  const row = await againIfDropped(() =>
    parts.prisma.$transaction(async tx => {
      const changed = await change(tx)
      if (changed?.state === 'queued') await sendWithin(parts, sqlOf(tx), [changed])
      return changed
    }),
  )
  return row && writtenOf(row)
}

/** The columns of a job that no attempt works on. */
const released = { version: { increment: 1 }, progress: Prisma.DbNull, worker: null, heartbeatAt: null }

/** The columns of a job that has ended. */
function ended<S extends 'failed' | 'cancelled'>(state: S) {
  return {
    ...released,
    state,
    runAt: null,
    unsentSince: null,
    finishedAt: new Date(),
  }
}

const PLACE = `
  SELECT nextval('jobs_queue_number_seq') AS "queueNumber", ${turnExpression('mine.owner')} AS turn
  FROM jobs AS mine WHERE id = $1::uuid`

/** The columns of a job that waits for this message, behind its owner's other jobs. */
async function waiting(
  parts: StoreParts,
  tx: Tx,
  { id, messageId, runAt }: Pick<Requeue, 'messageId' | 'runAt'> & { id: string },
) {
  const [place] = await tx.$queryRawUnsafe<{ queueNumber: bigint; turn: bigint }[]>(PLACE, id)
  return {
    ...released,
    state: 'queued' as const,
    needs: null,
    runAt,
    queuedAt: new Date(),
    ...place,
    messageId,
    unsentSince: unsentSince(parts),
  }
}

/** The columns of a job that is queued, but needs something before a message may claim it. */
function needing(messageId: string, needs: Need) {
  const state = 'queued' as const
  return { ...released, state, needs, runAt: null, queueNumber: null, messageId, unsentSince: null }
}

interface AttemptEnd {
  outcome: AttemptOutcome
  errorCode?: string
  log?: string
}

async function closeAttempt(
  tx: Tx,
  { id, attempt, finishedAt }: Pick<JobTableRow, 'id' | 'attempt' | 'finishedAt'>,
  end: AttemptEnd,
): Promise<void> {
  await tx.attempt.updateMany({
    where: { jobId: id, number: attempt, endedAt: null },
    data: { endedAt: finishedAt ?? new Date(), ...end },
  })
}
