import { randomUUID } from 'node:crypto'
import { AppError } from '../../errors.ts'
import type { Job, NewJob } from '../../jobs.ts'
import type { Limits } from '../admission.ts'
import { isSameWish } from '../same-wish.ts'
import { whyRefused } from './admission.ts'
import { againIfDropped, type Database } from './database.ts'
import { QUEUE } from './queue.ts'
import { toJob } from './row.ts'
import { insertIfRoom, transaction } from './swift.ts'

/** Row and message in one transaction; the notice after it. @see Jobs.create */
export async function create(
  db: Database,
  job: NewJob,
  limits: Limits,
): Promise<{ job: Job; created: boolean }> {
  const earlier = await findEarlier(db, job)
  if (earlier) return { job: earlier, created: false }
  const messageId = randomUUID()
  const row = await againIfDropped(() =>
    transaction(db.pool, async tx => {
      const inserted = await insertIfRoom(tx, { ...job, messageId, ...limits })
      if (inserted) await db.boss.send(QUEUE, { jobId: job.id }, { id: messageId, db: tx })
      return inserted
    }),
  )
  if (row) {
    db.notices.publish({ type: 'changed', id: row.id, version: row.version, state: row.state })
    return { job: toJob(row), created: true }
  }
  // Either there is no room, or another call with the same key was quicker by a moment.
  const winner = await findEarlier(db, job)
  if (winner) return { job: winner, created: false }
  // A place became free since: its own look would have to begin anew, so the sender does.
  throw (await whyRefused(db, job.owner, limits)) ?? new AppError('queue_full', { retryAfter: 1 })
}

async function findEarlier(db: Database, job: NewJob): Promise<Job | undefined> {
  const { owner, idempotencyKey } = job
  if (idempotencyKey === undefined) return undefined
  const row = await againIfDropped(() =>
    db.prisma.job.findUnique({ where: { owner_idempotencyKey: { owner, idempotencyKey } } }),
  )
  if (!row) return undefined
  const earlier = toJob(row)
  if (!isSameWish(earlier, job)) throw new AppError('idempotency_conflict')
  return earlier
}
