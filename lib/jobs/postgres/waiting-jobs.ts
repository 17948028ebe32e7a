import type { WaitingJob } from '../../jobs.ts'
import type { QueuePosition } from '../../vocabulary/job.ts'
import { batched } from './batched.ts'
import { againIfDropped, type JobDatabase } from './database.ts'

// Statements over the jobs that wait. None reads more rows than it is allowed to, however many wait: what lies beyond
// is reckoned by the difference of queue numbers, which grow by one with each job. Whoever left from the middle of the
// queue is counted there still, so the difference is never too small.

/** So many waiting jobs are counted one by one. */
export const COUNTED = 500

const IS_DUE = '(run_at IS NULL OR run_at <= now())'
const FIRST = `SELECT queue_number, run_at FROM jobs WHERE state = 'queued' ORDER BY queue_number LIMIT ${COUNTED}`

/** How many wait: exact up to `most`, from there on at the most. `which` narrows it to some. */
export function waitingUpTo(most: number | string, which = ''): string {
  const waiting = `FROM jobs WHERE state = 'queued' ${which}`
  return `(SELECT count(*) + coalesce((SELECT max(queue_number) ${waiting}) - max(queue_number), 0)
    FROM (SELECT queue_number ${waiting} ORDER BY queue_number LIMIT ${most}) AS first)`
}

/** The same for a comparison with `limit`: nothing is counted where the two ends of the index leave no doubt. */
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

/** In the order of `ids`, or of the queue without. @see Jobs.queuePositions */
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

/** Jobs of one moment are asked for together. */
export function createQueuePosition(db: JobDatabase): (id: string) => Promise<QueuePosition | null> {
  return batched(async ids => {
    const positions = await queuePositions(db, ids)
    return ids.map(id => ({ status: 'fulfilled', value: positions.get(id)?.queue ?? null }))
  })
}
