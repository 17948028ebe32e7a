import { randomUUID } from 'node:crypto'
import { fromPrisma } from 'pg-boss'
import { AppError } from '../../errors.ts'
import type { Job, NewJob } from '../../jobs.ts'
import { type Database, onceMoreIfDropped, Prisma } from './database.ts'
import { QUEUE } from './queue.ts'
import { toJob } from './row.ts'

/** Row and message in one transaction; the notice after it. @see Jobs.create */
export async function create(
  db: Database,
  job: NewJob,
  queueLimit: number,
): Promise<{ job: Job; created: boolean }> {
  const earlier = await findEarlier(db, job)
  if (earlier) return { job: earlier, created: false }
  try {
    const row = await onceMoreIfDropped(() => insert(db, job, queueLimit))
    db.notices.publish({ type: 'changed', id: row.id, version: row.version, state: row.state })
    return { job: toJob(row), created: true }
  } catch (error) {
    // Two calls with one key at the same moment: the other one's row is there now.
    const winner = isUniqueViolation(error) && (await findEarlier(db, job))
    if (winner) return { job: winner, created: false }
    throw error
  }
}

function insert(db: Database, job: NewJob, queueLimit: number) {
  const { source, idempotencyKey, ...rest } = job
  const messageId = randomUUID()
  return db.prisma.$transaction(async tx => {
    if ((await tx.job.count({ where: { state: 'queued' } })) >= queueLimit)
      throw new AppError('queue_full', { retryAfter: 30 })
    const row = await tx.job.create({
      data: {
        ...rest,
        idempotencyKey,
        messageId,
        sourceFormat: source.format,
        sourceBytes: source.bytes,
        sourceSha256: source.sha256,
      },
    })
    await db.boss.send(QUEUE, { jobId: job.id }, { id: messageId, db: fromPrisma(tx) })
    return row
  })
}

async function findEarlier(db: Database, job: NewJob): Promise<Job | undefined> {
  const { owner, idempotencyKey } = job
  if (idempotencyKey === undefined) return undefined
  const row = await onceMoreIfDropped(() =>
    db.prisma.job.findUnique({ where: { owner_idempotencyKey: { owner, idempotencyKey } } }),
  )
  if (!row) return undefined
  if (row.sourceSha256 !== job.source.sha256 || row.target !== job.target)
    throw new AppError('idempotency_conflict')
  return toJob(row)
}

function isUniqueViolation(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002'
}
