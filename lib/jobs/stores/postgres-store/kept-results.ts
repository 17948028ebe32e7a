import type { JobResult, JobsPage, KeptResult } from '../../../jobs.ts'
import { statesFor } from '../../../vocabulary/job-life.ts'
import type { Written } from '../../store.ts'
import { type JobTableRow, toJson } from './job-table-row.ts'
import { NO_JOB } from './queries.ts'
import { ENDED } from './sweeps.ts'
import { type StoreParts, writtenOf } from './written-row.ts'

const PAGE = 500

// Those that failed as well: the index of files that are kept is of all that have ended.
const NEXT = `
  SELECT id, result, deleted_by AS "deletedBy", expires_at AS "expiresAt" FROM jobs
  WHERE state IN (${ENDED}) AND files_deleted_at IS NULL
    AND (expires_at, id) > ($1, $2::uuid)
  ORDER BY expires_at, id LIMIT ${PAGE}`

type KeptRow = Pick<JobTableRow, 'id' | 'result' | 'deletedBy' | 'expiresAt'>

/** In the order of expiry. The cursor is the time and the id of the last row that was read. */
export async function keptResults(
  { pool }: StoreParts,
  now: Date,
  after?: string,
): Promise<JobsPage<KeptResult>> {
  const values = after?.split('/') ?? [now, NO_JOB]
  const { rows } = await pool.query<KeptRow>(NEXT, values)
  const items = rows.flatMap(({ id, result, deletedBy }) =>
    result && !deletedBy ? { id, result: result as unknown as JobResult } : [],
  )
  const last = rows.length === PAGE ? rows.at(-1) : undefined
  return { items, next: last ? `${last.expiresAt.toISOString()}/${last.id}` : null }
}

/** @see JobStore.recordLossIfKept */
export async function recordLossIfKept(
  { prisma }: StoreParts,
  { id, result }: KeptResult,
): Promise<Written | undefined> {
  const [row] = await prisma.job.updateManyAndReturn({
    where: { id, state: { in: statesFor('recordLoss') }, filesDeletedAt: null, deletedBy: null },
    data: { result: toJson(result), version: { increment: 1 } },
  })
  return row && writtenOf(row)
}
