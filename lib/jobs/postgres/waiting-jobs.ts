import type { WaitingJob } from '../../jobs.ts'
import type { QueuePosition } from '../../vocabulary/job.ts'
import { batched } from './batched.ts'
import { againIfDropped, type JobDatabase } from './database.ts'

// Statements over the waiting jobs. Each reads a limited number of rows, however many jobs wait. Beyond the limit the
// difference of queue numbers, which grow by one with each job, is an upper bound: it still counts jobs that left from
// the middle of the queue.

/** This many waiting jobs are counted exactly. */
export const COUNTED = 500

const IS_DUE = '(run_at IS NULL OR run_at <= now())'
const FIRST = `SELECT queue_number, run_at FROM jobs WHERE state = 'queued' ORDER BY queue_number LIMIT ${COUNTED}`

/** The number of waiting jobs: exact up to `most`, beyond that an upper bound. `which` is a further condition. */
export function waitingUpTo(most: number | string, which = ''): string {
  const waiting = `FROM jobs WHERE state = 'queued' ${which}`
  return `(SELECT count(*) + coalesce((SELECT max(queue_number) ${waiting}) - max(queue_number), 0)
    FROM (SELECT queue_number ${waiting} ORDER BY queue_number LIMIT ${most}) AS first)`
}

/** The same for a comparison with `limit`: rows are counted only where the two ends of the index do not decide. */
export function waitingAgainst(limit: string, which = ''): string {
  const span = `(SELECT coalesce(max(queue_number) - min(queue_number) + 1, 0)
    FROM jobs WHERE state = 'queued' ${which})`
  return `(CASE WHEN ${span} < ${limit} THEN ${span} ELSE ${waitingUpTo(limit, which)} END)`
}

const POSITIONS_OF = `
  WITH first AS MATERIALIZED (
    SELECT queue_number, count(*) FILTER (WHERE ${IS_DUE}) OVER (ORDER BY queue_number) AS due FROM (${FIRST}) AS f
  ), last AS (SELECT max(queue_number) AS number, max(due) AS due FROM first)
  SELECT mine.id, mine.owner, mine.batch_id AS "batchId", coalesce(first.due, last.due + mine.queue_number - last.number)::int AS position
  FROM jobs AS mine CROSS JOIN last LEFT JOIN first USING (queue_number)
  WHERE mine.id = ANY($1::uuid[]) AND mine.state = 'queued' AND ${IS_DUE.replaceAll('run_at', 'mine.run_at')}`

const POSITIONS = `
  SELECT id, owner, batch_id AS "batchId", row_number() OVER (ORDER BY queue_number)::int AS position
  FROM jobs WHERE state = 'queued' AND ${IS_DUE} ORDER BY queue_number`

/** In the order of `ids`, otherwise in queue order. @see Jobs.queuePositions */
export async function queuePositions(
  db: JobDatabase,
  ids?: readonly string[],
): Promise<Map<string, WaitingJob>> {
  const [statement, values] = ids ? [POSITIONS_OF, [ids]] : [POSITIONS, []]
  const { rows } = await againIfDropped(() =>
    db.pool.query<{ id: string; owner: string; batchId: string; position: number }>(statement, values),
  )
  return new Map(
    rows.map(({ id, position, ...whose }) => [id, { ...whose, queue: { position, ahead: position - 1 } }]),
  )
}

/** Concurrent requests share one statement. */
export function createQueuePosition(db: JobDatabase): (id: string) => Promise<QueuePosition | null> {
  return batched(async ids => {
    const positions = await queuePositions(db, ids)
    return ids.map(id => ({ status: 'fulfilled', value: positions.get(id)?.queue ?? null }))
  })
}
