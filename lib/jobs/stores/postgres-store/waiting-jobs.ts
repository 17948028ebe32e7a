import { againIfDropped } from '../../../postgres/again-if-dropped.ts'
import type { WaitingRow } from '../../store.ts'
import type { StoreParts } from './written-row.ts'

// Statements over the jobs that wait. None reads more rows than it is allowed to, however many wait: what lies beyond
// is reckoned by the difference of queue numbers, which grow by one with each job. Whoever left from the middle of the
// queue is counted there still, so the difference is never too small.

// A job that needs something of its sender is queued but has no number: it does not wait for its turn.

/** So many waiting jobs are counted one by one. */
export const COUNTED = 500

const IS_DUE = '(run_at IS NULL OR run_at <= now())'
const WAITS = `state = 'queued' AND queue_number IS NOT NULL`
const FIRST = `SELECT queue_number, run_at FROM jobs WHERE ${WAITS} ORDER BY queue_number LIMIT ${COUNTED}`

/** Not min() or max(), which take PostgreSQL longer to plan than to carry out. */
function endOfQueue(direction: 'ASC' | 'DESC', which = ''): string {
  return `(SELECT queue_number FROM jobs WHERE ${WAITS} ${which} ORDER BY queue_number ${direction} LIMIT 1)`
}

/** SQL: how many wait, exact up to `COUNTED`, from there on at the most. */
export const WAITING = `(SELECT count(*) + coalesce(${endOfQueue('DESC')} - max(queue_number), 0) FROM (${FIRST}) AS first)`

/** SQL: whether fewer than `limit` wait. Counts only where the two ends of the index leave a doubt. */
export function hasRoom(limit: string, which = ''): string {
  const counted = `SELECT FROM jobs WHERE ${WAITS} ${which} LIMIT ${limit}`
  return `(coalesce(${endOfQueue('DESC', which)} - ${endOfQueue('ASC', which)} + 1, 0) < ${limit}
    OR (SELECT count(*) FROM (${counted}) AS counted) < ${limit})`
}

/** SQL: whether this owner has fewer than `limit` jobs that need something. */
export function hasRoomToNeed(limit: string, owner: string): string {
  const needing = `SELECT FROM jobs WHERE state = 'queued' AND queue_number IS NULL AND owner = ${owner} LIMIT ${limit}`
  return `(SELECT count(*) FROM (${needing}) AS needing) < ${limit}`
}

const POSITIONS_OF = `
  WITH first AS MATERIALIZED (
    SELECT queue_number, count(*) FILTER (WHERE ${IS_DUE}) OVER (ORDER BY queue_number) AS due FROM (${FIRST}) AS f
  ), last AS (SELECT max(queue_number) AS number, max(due) AS due FROM first)
  SELECT mine.id, mine.owner, mine.batch_id AS "batchId",
    coalesce(first.due, last.due + mine.queue_number - last.number)::int - 1 AS ahead
  FROM jobs AS mine CROSS JOIN last LEFT JOIN first USING (queue_number)
  WHERE mine.id = ANY($1::uuid[]) AND mine.state = 'queued' AND mine.queue_number IS NOT NULL AND ${IS_DUE.replaceAll('run_at', 'mine.run_at')}`

const POSITIONS = `
  SELECT id, owner, batch_id AS "batchId", row_number() OVER (ORDER BY queue_number)::int - 1 AS ahead
  FROM jobs WHERE ${WAITS} AND ${IS_DUE} ORDER BY queue_number`

/** Without `ids` in the order of the queue. @see Jobs.queuePositions */
export async function queuePositions(
  { pool }: StoreParts,
  ids?: readonly string[],
): Promise<Map<string, WaitingRow>> {
  const query = ids ? { name: 'positions of some', text: POSITIONS_OF, values: [ids] } : { text: POSITIONS }
  const { rows } = await againIfDropped(() => pool.query<WaitingRow & { id: string }>(query))
  return new Map(rows.map(({ id, ...waiting }) => [id, waiting]))
}
