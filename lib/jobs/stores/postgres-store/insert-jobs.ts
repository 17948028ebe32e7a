import { againIfDropped } from '../../../postgres/again-if-dropped.ts'
import { preparedExecutor } from '../../../postgres/prepared-executor.ts'
import { transaction } from '../../../postgres/transaction.ts'
import { AppError } from '../../../vocabulary/errors.ts'
import { batched } from '../../batched.ts'
import type { JobStore } from '../../store.ts'
import type { JobTableRow } from './job-table-row.ts'
import { insertIfBelowLimit, type LimitedInsert } from './statements.ts'
import { type StoreParts, sendWithin, unsentSince, writtenOf } from './written-row.ts'

/** `by` is the deadline of the caller on the clock of `performance.now()`. */
type Wanted = LimitedInsert & { by: number }

/**
 * Writes row and message in one transaction. Jobs that arrive during a transaction share the next one: under load most
 * of a small file's time was the wait for commits. A job that is not written within `deadlineMs` is never written,
 * because its sender got an error and may have sent it again.
 */
export function createInsert(
  parts: StoreParts,
  deadlineMs = Number.POSITIVE_INFINITY,
): JobStore['insertIfBelowLimit'] {
  const insert = batched((jobs: Wanted[]) => insertEach(parts, jobs))
  return async (job, limits) => {
    const by = performance.now() + deadlineMs
    const row = await insert({ ...job, ...limits, unsentSince: unsentSince(parts), by })
    return row && writtenOf(row)
  }
}

/** Inserts all in one transaction; when one fails it, each in its own. */
async function insertEach(
  parts: StoreParts,
  jobs: Wanted[],
): Promise<PromiseSettledResult<JobTableRow | undefined>[]> {
  if (jobs.length > 1) {
    const rows = await insertAll(parts, jobs).catch(() => undefined)
    if (rows) return rows.map(value => ({ status: 'fulfilled', value }))
  }
  const alone = async (job: Wanted) => (await againIfDropped(() => insertAll(parts, [job])))[0]
  return Promise.allSettled(jobs.map(alone))
}

function insertAll(parts: StoreParts, jobs: Wanted[]): Promise<(JobTableRow | undefined)[]> {
  return transaction(parts.pool, async client => {
    refuseLate(jobs)
    const rows: (JobTableRow | undefined)[] = []
    for (const job of jobs) rows.push(await insertIfBelowLimit(client, job))
    await sendWithin(
      parts,
      preparedExecutor(client),
      rows.filter(row => row !== undefined),
    )
    refuseLate(jobs)
    return rows
  })
}

/** @throws AppError `database_down` when the deadline of one of these has passed */
function refuseLate(jobs: Wanted[]): void {
  if (jobs.some(({ by }) => performance.now() >= by)) throw new AppError('database_down', { log: TOO_LATE })
}

const TOO_LATE = 'the database was ready for a new job only when its sender had been refused'
