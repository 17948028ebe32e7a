import type { Job, JobsPage, ListQuery, Pace, QueueStats, Timings, WorkerStatus } from '../../jobs.ts'
import { paceOf } from '../../pace.ts'
import { againIfDropped, type JobDatabase } from './database.ts'
import { JOB_COLUMNS, type JobTableRow, toJob } from './job-table-row.ts'
import { DEAD_QUEUE } from './queue.ts'
import { COUNTED, WAITING } from './waiting-jobs.ts'

/** A worker that was silent for longer is not counted, in milliseconds. */
const WORKER_SEEN_MS = 15_000

export async function get(db: JobDatabase, id: string): Promise<Job | undefined> {
  const include = { attempts: { orderBy: { number: 'asc' as const } } }
  const row = await againIfDropped(() => db.prisma.job.findUnique({ where: { id }, include }))
  return row ? toJob(row) : undefined
}

const listOf = (which: string) => `
  SELECT ${JOB_COLUMNS} FROM jobs WHERE owner = $1 ${which}
    AND (created_at, id) < (coalesce((SELECT created_at FROM jobs WHERE id = $3), 'infinity'), $3::uuid)
  ORDER BY created_at DESC, id DESC LIMIT $2`
const LIST = listOf('')
const LIST_OF_BATCH = listOf('AND batch_id = $4::uuid')
const NO_JOB = '00000000-0000-0000-0000-000000000000'

/** Newest first. The cursor is the id of the last job; a deleted cursor starts over. */
export async function list(
  db: JobDatabase,
  { owner, batchId, limit, after }: ListQuery,
): Promise<JobsPage<Job>> {
  const values = [owner, limit + 1, after || NO_JOB, ...(batchId ? [batchId] : [])]
  const { rows } = await againIfDropped(() =>
    db.pool.query<JobTableRow>(batchId ? LIST_OF_BATCH : LIST, values),
  )
  const items = rows.slice(0, limit).map(toJob)
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null }
}

/** How many finished jobs the estimate uses; older ones ran on another machine or version. */
const PACE_OF_LAST = 100

const PACE = `
  SELECT source_bytes AS bytes, timings FROM jobs
  WHERE source_format = $1 AND target = $2 AND state = 'completed' AND timings IS NOT NULL
  ORDER BY finished_at DESC LIMIT ${PACE_OF_LAST}`

export async function pace(
  db: JobDatabase,
  { format, target, bytes }: { format: string; target: string; bytes: number },
): Promise<Pace> {
  const { rows } = await againIfDropped(() =>
    db.pool.query<{ bytes: string; timings: Timings }>(PACE, [format, target]),
  )
  const history = rows.map(row => ({ bytes: Number(row.bytes), ...row.timings }))
  return paceOf(history, bytes)
}

export async function existing(db: JobDatabase, ids: readonly string[]): Promise<Set<string>> {
  const find = 'SELECT id FROM jobs WHERE id = ANY($1::uuid[])'
  const { rows } = await againIfDropped(() => db.pool.query<{ id: string }>(find, [ids]))
  return new Set(rows.map(row => row.id))
}

export async function heartbeat(db: JobDatabase, { worker, ...status }: WorkerStatus): Promise<void> {
  const data = { ...status, seenAt: new Date() }
  await db.prisma.worker.upsert({ where: { name: worker }, create: { name: worker, ...data }, update: data })
  await db.prisma.worker.deleteMany({ where: { seenAt: { lt: new Date(Date.now() - 20 * WORKER_SEEN_MS) } } })
}

const STATS = `
  SELECT ${WAITING}::int AS queued,
    (SELECT count(*) FROM jobs WHERE state = 'running')::int AS running,
    (SELECT count(*) FROM (
      SELECT FROM pgboss.job WHERE name = '${DEAD_QUEUE}' AND state < 'active' AND NOT blocked LIMIT ${COUNTED}
    ) AS letters)::int AS dead`

export async function stats(db: JobDatabase): Promise<QueueStats> {
  const since = new Date(Date.now() - WORKER_SEEN_MS)
  const [{ rows }, workers] = await againIfDropped(() =>
    Promise.all([
      db.pool.query<{ queued: number; running: number; dead: number }>(STATS),
      db.prisma.worker.findMany({ where: { seenAt: { gt: since } }, orderBy: { name: 'asc' } }),
    ]),
  )
  const { queued, running, dead } = rows[0] ?? { queued: 0, running: 0, dead: 0 }
  return {
    queued,
    running,
    dead: dead < COUNTED ? dead : await manyDead(db),
    workers: workers.map(({ name, slots, ready, trouble }) => ({ worker: name, slots, ready, trouble })),
  }
}

/** The count of pg-boss, a few seconds old. */
async function manyDead(db: JobDatabase): Promise<number> {
  const queue = await againIfDropped(() => db.boss.getQueue(DEAD_QUEUE))
  return Math.max(COUNTED, queue?.queuedCount ?? 0)
}
