import type { Job, JobsPage, ListQuery, Timings } from '../../../jobs.ts'
import type { Finished } from '../../../pace.ts'
import { againIfDropped } from '../../../postgres/again-if-dropped.ts'
import type { JobCounts } from '../../store.ts'
import {
  ATTEMPTS_OF_JOB,
  JOB_COLUMNS,
  type JobRowWithAttempts,
  type JobTableRow,
  toJob,
  withAttempts,
} from './job-table-row.ts'
import { COUNTED, OLDEST_QUEUED_AT, WAITING } from './waiting-jobs.ts'
import type { StoreParts } from './written-row.ts'

export async function findByKey(
  { prisma }: StoreParts,
  owner: string,
  idempotencyKey: string,
): Promise<Job | undefined> {
  const where = { owner_idempotencyKey: { owner, idempotencyKey } }
  const row = await againIfDropped(() => prisma.job.findUnique({ where }))
  return row ? toJob(row) : undefined
}

const GET = `
  SELECT ${JOB_COLUMNS}, (${ATTEMPTS_OF_JOB}) AS attempts FROM jobs WHERE id = $1::uuid`

/** The job with its timeline: one statement, because whoever waits for a result, and every look at one, reads it. */
export async function get({ pool }: StoreParts, id: string): Promise<Job | undefined> {
  const { rows } = await againIfDropped(() =>
    pool.query<JobRowWithAttempts>({ name: 'get job', text: GET, values: [id] }),
  )
  return rows[0] && toJob(withAttempts(rows[0]))
}

const listOf = (which: string) => `
  SELECT ${JOB_COLUMNS} FROM jobs WHERE owner = $1 ${which}
    AND (created_at, id) < (coalesce((SELECT created_at FROM jobs WHERE id = $3), 'infinity'), $3::uuid)
  ORDER BY created_at DESC, id DESC LIMIT $2`
const LIST = listOf('')
const LIST_OF_BATCH = listOf('AND batch_id = $4::uuid')
/** Before every id. */
export const NO_JOB = '00000000-0000-0000-0000-000000000000'

/** Newest first. The cursor is the id of the last job; a deleted cursor starts over. */
export async function list(
  { pool }: StoreParts,
  { owner, batchId, limit, after }: ListQuery,
): Promise<JobsPage<Job>> {
  const values = [owner, limit + 1, after || NO_JOB, ...(batchId ? [batchId] : [])]
  const { rows } = await againIfDropped(() => pool.query<JobTableRow>(batchId ? LIST_OF_BATCH : LIST, values))
  const items = rows.slice(0, limit).map(toJob)
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null }
}

/** How many finished jobs the estimate uses; older ones ran on another machine or version. */
const PACE_OF_LAST = 100

const PACE = `
  SELECT source_bytes AS bytes, timings FROM jobs
  WHERE source_format = $1 AND target = $2 AND state = 'completed' AND timings IS NOT NULL
  ORDER BY finished_at DESC LIMIT ${PACE_OF_LAST}`

/** @see JobStore.finished */
export async function finished(
  { pool }: StoreParts,
  { format, target }: { format: string; target: string },
): Promise<Finished[]> {
  const { rows } = await againIfDropped(() =>
    pool.query<{ bytes: string; timings: Timings }>(PACE, [format, target]),
  )
  return rows.map(row => ({ bytes: Number(row.bytes), ...row.timings }))
}

/** The subset of `ids` that have a row. */
export async function existing({ pool }: StoreParts, ids: readonly string[]): Promise<Set<string>> {
  const find = 'SELECT id FROM jobs WHERE id = ANY($1::uuid[])'
  const { rows } = await againIfDropped(() => pool.query<{ id: string }>(find, [ids]))
  return new Set(rows.map(row => row.id))
}

/** @see JobStore.withUnwantedSource */
export async function withUnwantedSource({ pool }: StoreParts, ids: readonly string[]): Promise<Set<string>> {
  const find = `SELECT id FROM jobs WHERE id = ANY($1::uuid[]) AND state::text = 'completed' AND NOT keep_source`
  const { rows } = await pool.query<{ id: string }>(find, [ids])
  return new Set(rows.map(row => row.id))
}

const COUNTS = `
  SELECT ${WAITING}::int AS queued, ${OLDEST_QUEUED_AT} AS "oldestQueuedAt",
    (SELECT count(*) FROM jobs WHERE state = 'running')::int AS running,
    (SELECT count(*) FROM (
      SELECT FROM jobs WHERE state = 'failed' AND (error->>'retryable')::boolean LIMIT ${COUNTED}
    ) AS letters)::int AS dead`

/** Counts one by one up to `COUNTED`; beyond, waiting jobs are reckoned and dead letters not counted further. */
export async function counts({ pool }: StoreParts): Promise<JobCounts> {
  const { rows } = await againIfDropped(() =>
    pool.query<Omit<JobCounts, 'exact'>>({ name: 'counts', text: COUNTS }),
  )
  const counted = rows[0] ?? { queued: 0, running: 0, dead: 0, oldestQueuedAt: null }
  return { ...counted, exact: counted.queued <= COUNTED && counted.dead < COUNTED }
}
