import { LEASE_MS, type MaintenanceResult } from '../../jobs.ts'
import { AppError } from '../../vocabulary/errors.ts'
import type { JobDatabase } from './database.ts'
import { failIfStillLeased } from './transitions.ts'

const ENDED = ['completed', 'failed', 'cancelled'] as const
const BATCH = 500

/** Queues the jobs of a dead worker again. */
export function rescueWorker(db: JobDatabase, worker: string): Promise<string[]> {
  return rescue(db, { worker })
}

/** Queues the jobs again whose worker has sent no heartbeat since `deadline`. */
export function rescueSilent(db: JobDatabase, deadline: Date): Promise<string[]> {
  return rescue(db, { heartbeatAt: { lt: deadline } })
}

async function rescue(
  db: JobDatabase,
  which: { worker: string } | { heartbeatAt: { lt: Date } },
): Promise<string[]> {
  const rows = await db.prisma.job.findMany({
    where: { state: 'running', ...which },
    select: { id: true, attempt: true, worker: true },
    take: BATCH,
  })
  const rescued: string[] = []
  for (const { id, attempt, worker } of rows) {
    const error = new AppError('worker_lost', { log: `worker ${worker} is gone` }).toJobError()
    if (await failIfStillLeased(db, { id, claim: attempt }, { error, outcome: 'lost' })) rescued.push(id)
  }
  return rescued
}

/**
 * Delays the rescue by lease after an outage: no worker could renew while the database was down, so a whole lease must
 * pass first.
 */
export function createMaintenance(
  db: JobDatabase,
  historyMs: number,
): (now: Date) => Promise<MaintenanceResult> {
  let trustedSince = Number.POSITIVE_INFINITY
  let lastRun = Number.NEGATIVE_INFINITY
  return async now => {
    const time = now.getTime()
    await db.prisma.$queryRaw`SELECT 1` // Throws while the database is down; then this run does not count.
    if (time - lastRun > LEASE_MS / 2) trustedSince = time
    lastRun = time
    const trusted = time - trustedSince >= LEASE_MS
    return {
      rescued: trusted ? await rescueSilent(db, new Date(time - LEASE_MS)) : [],
      expired: await findExpired(db, now),
      removed: await removeOld(db, new Date(time - historyMs)),
    }
  }
}

async function findExpired(db: JobDatabase, now: Date): Promise<string[]> {
  const where = { state: { in: [...ENDED] }, expiresAt: { lt: now }, filesDeletedAt: null }
  const rows = await db.prisma.job.findMany({ where, select: { id: true }, take: BATCH })
  return rows.map(row => row.id)
}

/** Deletes a row only after its files: a row without files is history, files without a row are orphans. */
async function removeOld(db: JobDatabase, before: Date): Promise<number> {
  const { count } = await db.prisma.job.deleteMany({
    where: { finishedAt: { lt: before }, filesDeletedAt: { not: null } },
  })
  return count
}

export async function markFilesDeleted(db: JobDatabase, ids: readonly string[]): Promise<void> {
  const where = { id: { in: [...ids] }, filesDeletedAt: null }
  const rows = await db.prisma.job.updateManyAndReturn({
    where,
    data: { filesDeletedAt: new Date(), version: { increment: 1 } },
    select: { id: true, version: true, state: true },
  })
  for (const row of rows) db.events.publish({ type: 'changed', ...row })
}
