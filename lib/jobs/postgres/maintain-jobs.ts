import { LEASE_MS, type MaintenanceResult } from '../../jobs.ts'
import { AppError } from '../../vocabulary/errors.ts'
import { statesFor } from '../../vocabulary/job-life.ts'
import type { JobDatabase } from './database.ts'
import type { JobTableRow } from './job-table-row.ts'
import { failIfStillLeased } from './transitions.ts'

const BATCH = 500

// Raw SQL, because PostgreSQL uses a partial index only for a literal condition.

const RUNNING = `SELECT id, attempt, worker FROM jobs WHERE state = 'running'`
const ENDED = statesFor('markFilesDeleted')
  .map(state => `'${state}'`)
  .join(', ')
const EXPIRED = `
  SELECT id FROM jobs
  WHERE state IN (${ENDED}) AND files_deleted_at IS NULL AND expires_at < $1
  ORDER BY expires_at LIMIT ${BATCH}`
const REMOVE = `
  DELETE FROM jobs WHERE id = ANY(ARRAY(
    SELECT id FROM jobs WHERE files_deleted_at IS NOT NULL AND finished_at < $1
    ORDER BY finished_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED))`

/** Queues the jobs of a dead worker again. */
export function rescueWorker(db: JobDatabase, worker: string): Promise<string[]> {
  return rescue(db, 'worker = $1', worker)
}

/** Queues the jobs again whose worker has sent no heartbeat since `deadline`. */
export function rescueSilent(db: JobDatabase, deadline: Date): Promise<string[]> {
  return rescue(db, 'heartbeat_at < $1', deadline)
}

async function rescue(db: JobDatabase, which: string, value: string | Date): Promise<string[]> {
  const { rows } = await db.pool.query<Pick<JobTableRow, 'id' | 'attempt' | 'worker'>>(
    `${RUNNING} AND ${which} LIMIT ${BATCH}`,
    [value],
  )
  const rescued: string[] = []
  for (const { id, attempt, worker } of rows) {
    const error = new AppError('worker_lost', { log: `worker ${worker} is gone` }).toStoredError()
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
  const { rows } = await db.pool.query<{ id: string }>(EXPIRED, [now])
  return rows.map(row => row.id)
}

/** Deletes a row only after its files: a row without files is history, files without a row are orphans. */
async function removeOld(db: JobDatabase, before: Date): Promise<number> {
  return (await db.pool.query(REMOVE, [before])).rowCount ?? 0
}

export async function markFilesDeleted(db: JobDatabase, ids: readonly string[]): Promise<void> {
  const where = { id: { in: [...ids] }, state: { in: statesFor('markFilesDeleted') }, filesDeletedAt: null }
  const rows = await db.prisma.job.updateManyAndReturn({
    where,
    data: { filesDeletedAt: new Date(), version: { increment: 1 } },
    select: { id: true, version: true, state: true },
  })
  for (const row of rows) db.events.publish({ type: 'changed', ...row })
}
