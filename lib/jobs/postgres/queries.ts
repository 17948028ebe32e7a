import type { Job, JobsPage, ListQuery, Pace, QueueStats, Timings, WorkerStatus } from '../../jobs.ts'
import { paceOf } from '../../pace.ts'
import type { QueuePosition } from '../../vocabulary/job.ts'
import { batched } from './batched.ts'
import { againIfDropped, type JobDatabase, Prisma } from './database.ts'
import { toJob } from './job-table-row.ts'
import { DEAD_QUEUE } from './queue.ts'

/** A worker that was silent for longer is not counted, in milliseconds. */
const WORKER_SEEN_MS = 15_000

export async function get(db: JobDatabase, id: string): Promise<Job | undefined> {
  const include = { attempts: { orderBy: { number: 'asc' as const } } }
  const row = await againIfDropped(() => db.prisma.job.findUnique({ where: { id }, include }))
  return row ? toJob(row) : undefined
}

/** Newest first. The cursor is the id of the last job; a deleted cursor starts over. */
export async function list(
  db: JobDatabase,
  { owner, batchId, limit, after }: ListQuery,
): Promise<JobsPage<Job>> {
  const rows = await againIfDropped(() =>
    db.prisma.job.findMany({
      where: { owner, ...(batchId && { batchId }) },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: limit + 1,
      ...(after && { cursor: { id: after }, skip: 1 }),
    }),
  )
  const items = rows.slice(0, limit).map(toJob)
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null }
}

export async function queuePositions(db: JobDatabase): Promise<Map<string, QueuePosition>> {
  const rows = await againIfDropped(() =>
    db.prisma.job.findMany({
      where: { state: 'queued', OR: [{ runAt: null }, { runAt: { lte: new Date() } }] },
      orderBy: [{ queuedAt: 'asc' }, { id: 'asc' }],
      select: { id: true },
    }),
  )
  return new Map(rows.map(({ id }, index) => [id, { position: index + 1, ahead: index }]))
}

const QUEUE_POSITIONS = `
  SELECT mine.id, (SELECT count(*) FROM jobs AS other
    WHERE other.state = 'queued' AND (other.run_at IS NULL OR other.run_at <= now())
      AND (other.queued_at, other.id) < (mine.queued_at, mine.id))::int AS ahead
  FROM jobs AS mine
  WHERE mine.id = ANY($1::uuid[]) AND mine.state = 'queued' AND (mine.run_at IS NULL OR mine.run_at <= now())`

/** The database counts: reading all positions for one new job cost more than creating the job. */
export function createQueuePosition(db: JobDatabase): (id: string) => Promise<QueuePosition | null> {
  return batched(async ids => {
    const { rows } = await againIfDropped(() =>
      db.pool.query<{ id: string; ahead: number }>(QUEUE_POSITIONS, [ids]),
    )
    const ahead = new Map(rows.map(row => [row.id, row.ahead]))
    return ids.map(id => {
      const before = ahead.get(id)
      const value = before === undefined ? null : { position: before + 1, ahead: before }
      return { status: 'fulfilled', value }
    })
  })
}

/** How many finished jobs the estimate uses; older ones ran on another machine or version. */
const PACE_OF_LAST = 100

export async function pace(
  db: JobDatabase,
  { format, target, bytes }: { format: string; target: string; bytes: number },
): Promise<Pace> {
  const rows = await againIfDropped(() =>
    db.prisma.job.findMany({
      where: { sourceFormat: format, target, state: 'completed', timings: { not: Prisma.DbNull } },
      orderBy: { finishedAt: 'desc' },
      take: PACE_OF_LAST,
      select: { sourceBytes: true, timings: true },
    }),
  )
  const history = rows.map(row => ({
    bytes: Number(row.sourceBytes),
    ...(row.timings as unknown as Timings),
  }))
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

export async function stats(db: JobDatabase): Promise<QueueStats> {
  const since = new Date(Date.now() - WORKER_SEEN_MS)
  const [states, workers, dead] = await againIfDropped(() =>
    Promise.all([
      db.prisma.job.groupBy({ by: ['state'], where: { state: { in: ['queued', 'running'] } }, _count: true }),
      db.prisma.worker.findMany({ where: { seenAt: { gt: since } }, orderBy: { name: 'asc' } }),
      db.boss.findJobs(DEAD_QUEUE, { queued: true }),
    ]),
  )
  const count = (state: string) => states.find(s => s.state === state)?._count ?? 0
  return {
    queued: count('queued'),
    running: count('running'),
    dead: dead.length,
    workers: workers.map(({ name, slots, ready, trouble }) => ({ worker: name, slots, ready, trouble })),
  }
}
