import { Prisma } from '../../../../prisma/generated/client.ts'
import type { AttemptOutcome } from '../../../jobs.ts'
import { againIfDropped } from '../../../postgres/again-if-dropped.ts'
import type { Progress } from '../../../vocabulary/job.ts'
import { statesFor } from '../../../vocabulary/job-life.ts'
import type { JobStore, LeaseToken, Requeue, Written } from '../../store.ts'
import { attemptOf, type JobTableRow, toJson } from './job-table-row.ts'
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

/** Records the picture of the first page; the attempt continues. */
export function showIfStillLeased(
  parts: StoreParts,
  token: LeaseToken,
  thumbnailKey: string,
): Promise<Written | undefined> {
  const data = { thumbnailKey, version: { increment: 1 } }
  return write(
    parts,
    async tx => (await tx.job.updateManyAndReturn({ where: whereStillLeased(token), data }))[0],
  )
}

/** Ends the job with an error. */
export function endWithErrorIfStillLeased(
  parts: StoreParts,
  token: LeaseToken,
  { outcome, error }: Pick<Requeue, 'outcome' | 'error'>,
): Promise<Written | undefined> {
  return write(parts, async tx => {
    const data = { ...ended('failed'), error: toJson(error) }
    const [row] = await tx.job.updateManyAndReturn({ where: whereStillLeased(token), data })
    if (row) await closeAttempt(tx, row, { outcome, errorCode: error.code })
    return row
  })
}

/** Ends the attempt with an error; the job waits again, at the end of the queue. */
export function requeueIfStillLeased(
  parts: StoreParts,
  token: LeaseToken,
  { outcome, error, ...next }: Requeue,
): Promise<Written | undefined> {
  return write(parts, async tx => {
    const data = { ...(await waiting(parts, tx, next)), error: toJson(error) }
    const [row] = await tx.job.updateManyAndReturn({ where: whereStillLeased(token), data })
    if (row) await closeAttempt(tx, row, { outcome, errorCode: error.code })
    return row
  })
}

/** Puts the job back, at the end of the queue; the attempt does not count. */
export function handBackIfStillLeased(
  parts: StoreParts,
  token: LeaseToken,
  messageId: string,
): Promise<Written | undefined> {
  return write(parts, async tx => {
    const again = await waiting(parts, tx, { messageId, runAt: null })
    const data = { ...again, handedBack: { increment: 1 } }
    const [row] = await tx.job.updateManyAndReturn({ where: whereStillLeased(token), data })
    if (row) await closeAttempt(tx, row, { outcome: 'handed_back' })
    return row
  })
}

/** Cancels a job that waits or runs; undefined when it had already ended. */
export async function cancelIfNotEnded(
  parts: StoreParts,
  id: string,
): Promise<(Written & { messageId: string }) | undefined> {
  let messageId = ''
  const written = await write(parts, async tx => {
    const where = { id, state: { in: statesFor('cancel') } }
    const [row] = await tx.job.updateManyAndReturn({ where, data: ended('cancelled') })
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
  { maxAttempts, messageId }: { maxAttempts: number; messageId: string },
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
        ...(await waiting(parts, tx, { messageId, runAt: null })),
        maxAttempts: attemptOf(row) + maxAttempts,
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

/** Deletes row and timeline of a job in any state. */
export async function removeRow({ prisma }: StoreParts, id: string): ReturnType<JobStore['remove']> {
  const [removed] = await againIfDropped(
    () => prisma.$queryRaw<{ owner: string; batchId: string; messageId: string }[]>`
      DELETE FROM jobs WHERE id = ${id}::uuid
      RETURNING owner, batch_id AS "batchId", message_id AS "messageId"`,
  )
  return removed
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

/** The columns of a job that has ended. */
function ended<S extends 'failed' | 'cancelled'>(state: S) {
  return {
    state,
    version: { increment: 1 },
    progress: Prisma.DbNull,
    worker: null,
    heartbeatAt: null,
    runAt: null,
    unsentSince: null,
    finishedAt: new Date(),
  }
}

/** The columns of a job that waits for this message, at the end of the queue. */
async function waiting(
  parts: StoreParts,
  tx: Tx,
  { messageId, runAt }: Pick<Requeue, 'messageId' | 'runAt'>,
) {
  const [next] = await tx.$queryRaw<{ number: bigint }[]>`SELECT nextval('jobs_queue_number_seq') AS number`
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
    unsentSince: unsentSince(parts),
  }
}

interface AttemptEnd {
  outcome: AttemptOutcome
  errorCode?: string
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
