import { statesFor } from '../../../vocabulary/job-life.ts'
import type { JobStore } from '../../store.ts'
import type { JobTableRow } from './job-table-row.ts'
import type { StoreParts } from './written-row.ts'

const BATCH = 500

// Raw SQL, because PostgreSQL uses a partial index only for a literal condition.

const RUNNING = `SELECT id, attempt, worker FROM jobs WHERE state = 'running'`
/** The states of the index of files that are kept, as SQL. */
export const ENDED = statesFor('markFilesDeleted')
  .map(state => `'${state}'`)
  .join(', ')
const EXPIRED = `
  SELECT id FROM jobs
  WHERE state IN (${ENDED}) AND files_deleted_at IS NULL AND expires_at < $1
  ORDER BY expires_at LIMIT ${BATCH}`
// By the literal state PostgreSQL would take an index of the queue, and read all of it.
const UNANSWERED = `
  SELECT id FROM jobs WHERE state::text = 'queued' AND needs IS NOT NULL AND expires_at < $1
  ORDER BY expires_at LIMIT ${BATCH}`
const REMOVE = `
  DELETE FROM jobs WHERE id = ANY(ARRAY(
    SELECT id FROM jobs WHERE files_deleted_at IS NOT NULL AND finished_at < $1
    ORDER BY finished_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED))`

const REMOVE_ONE = 'DELETE FROM jobs WHERE id = $1 AND files_deleted_at IS NOT NULL'

type Sweep =
  | 'leasesOf'
  | 'leasesBefore'
  | 'unanswered'
  | 'expired'
  | 'markFilesDeleted'
  | 'removeEndedBefore'
  | 'removeIfFilesDeleted'

/** What maintenance reads and writes; each statement at most `BATCH` rows. */
export function createSweeps({ pool, prisma }: StoreParts): Pick<JobStore, Sweep> {
  async function leases(which: string, value: string | Date) {
    const text = `${RUNNING} AND ${which} LIMIT ${BATCH}`
    const { rows } = await pool.query<Pick<JobTableRow, 'id' | 'attempt' | 'worker'>>(text, [value])
    return rows.map(({ id, attempt, worker }) => ({ id, claim: attempt, worker }))
  }
  return {
    leasesOf: worker => leases('worker = $1', worker),
    leasesBefore: time => leases('heartbeat_at < $1', time),
    unanswered: async now => (await pool.query<{ id: string }>(UNANSWERED, [now])).rows.map(({ id }) => id),
    expired: async now => (await pool.query<{ id: string }>(EXPIRED, [now])).rows.map(({ id }) => id),
    markFilesDeleted: ids =>
      prisma.job.updateManyAndReturn({
        where: { id: { in: [...ids] }, state: { in: statesFor('markFilesDeleted') }, filesDeletedAt: null },
        data: { filesDeletedAt: new Date(), sealed: null, needs: null, version: { increment: 1 } },
        select: { id: true, version: true, state: true },
      }),
    // A row only after its files: a row without files is history, files without a row are orphans.
    removeEndedBefore: async time => (await pool.query(REMOVE, [time])).rowCount ?? 0,
    removeIfFilesDeleted: async id => (await pool.query(REMOVE_ONE, [id])).rowCount === 1,
  }
}
