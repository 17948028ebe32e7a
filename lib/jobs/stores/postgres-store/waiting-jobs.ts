import { againIfDropped } from '../../../postgres/again-if-dropped.ts'
import type { WaitingRow } from '../../store.ts'
import type { StoreParts } from './written-row.ts'

// Statements over the jobs that wait. None reads more rows than it is allowed to, however many wait. How many wait is
// bounded by the difference of queue numbers, which grow by one with each job that begins to: whoever left from between
// is counted still, so the difference is never too small. A job that needs something of its sender is queued but has no
// number: it does not wait for its turn.

/** So many waiting jobs are counted one by one. */
export const COUNTED = 500
/** So many have an exact position. */
const RANKED = 1000

/** SQL: a waiting job that needs nothing but its turn, perhaps at a time; and one that may start at once. */
export const IS_READY = `state = 'queued' AND needs IS NULL`
export const MAY_START = `${IS_READY} AND run_at IS NULL`

/** As `IS_READY`, in the form that the indexes by number answer. */
const WAITS = `state = 'queued' AND queue_number IS NOT NULL`

const IS_DUE = '(run_at IS NULL OR run_at <= now())'
const FIRST = `SELECT queue_number FROM jobs WHERE ${WAITS} ORDER BY queue_number LIMIT ${COUNTED}`

/** Not min() or max(), which take PostgreSQL longer to plan than to carry out. */
function endOfQueue(direction: 'ASC' | 'DESC', which = ''): string {
  return `(SELECT queue_number FROM jobs WHERE ${WAITS} ${which} ORDER BY queue_number ${direction} LIMIT 1)`
}

/** SQL: how many wait at the most. */
function mostWaiting(which = ''): string {
  return `coalesce(${endOfQueue('DESC', which)} - ${endOfQueue('ASC', which)} + 1, 0)`
}

/** SQL: how many wait, exact up to `COUNTED`, from there on at the most. */
export const WAITING = `(SELECT count(*) + coalesce(${endOfQueue('DESC')} - max(queue_number), 0) FROM (${FIRST}) AS first)`

/** SQL: when the job may start, or might have, that began to wait first; null where none waits. */
export const OLDEST_QUEUED_AT = `(SELECT greatest(queued_at, run_at) FROM jobs WHERE ${WAITS} ORDER BY queue_number LIMIT 1)`

/** SQL: whether fewer than `limit` wait. Counts only where the two ends of the index leave a doubt. */
export function hasRoom(limit: string, which = ''): string {
  const counted = `SELECT FROM jobs WHERE ${WAITS} ${which} LIMIT ${limit}`
  return `(${mostWaiting(which)} < ${limit} OR (SELECT count(*) FROM (${counted}) AS counted) < ${limit})`
}

/** SQL: whether this owner has fewer than `limit` jobs that need something. */
export function hasRoomToNeed(limit: string, owner: string): string {
  const needing = `SELECT FROM jobs WHERE state = 'queued' AND queue_number IS NULL AND owner = ${owner} LIMIT ${limit}`
  return `(SELECT count(*) FROM (${needing}) AS needing) < ${limit}`
}

/** SQL: the turn of a job that begins to wait, by the rule of `nextTurn`. */
export function turnExpression(owner: string): string {
  return `coalesce(greatest(
      1 + (SELECT turn FROM jobs WHERE ${MAY_START} ORDER BY turn, queue_number LIMIT 1),
      2 + (SELECT turn FROM jobs WHERE ${IS_READY} AND owner = ${owner} ORDER BY turn DESC LIMIT 1)
    ), 1)`
}

/** SQL: the same of a job that lets all others go first, by the rule of `turnAfterAll`. */
export const TURN_AFTER_ALL = `1 + coalesce(
  (SELECT turn FROM jobs WHERE ${IS_READY} ORDER BY turn DESC, queue_number DESC LIMIT 1), 0)`

// Beyond the ranked ones a job has before it at the most all others that wait.
const POSITIONS_OF = `
  WITH ranked AS MATERIALIZED (
    SELECT queue_number, count(*) FILTER (WHERE ${IS_DUE}) OVER (ORDER BY turn, queue_number) AS due
    FROM (SELECT turn, queue_number, run_at FROM jobs WHERE ${IS_READY} ORDER BY turn, queue_number LIMIT ${RANKED}) AS f
  )
  SELECT mine.id, mine.owner, mine.batch_id AS "batchId", coalesce(ranked.due, ${mostWaiting()})::int - 1 AS ahead
  FROM jobs AS mine LEFT JOIN ranked USING (queue_number)
  WHERE mine.id = ANY($1::uuid[]) AND mine.state = 'queued' AND mine.needs IS NULL
    AND ${IS_DUE.replaceAll('run_at', 'mine.run_at')}`

const POSITIONS = `
  SELECT id, owner, batch_id AS "batchId", row_number() OVER (ORDER BY turn, queue_number)::int - 1 AS ahead
  FROM jobs WHERE ${IS_READY} AND ${IS_DUE} ORDER BY turn, queue_number`

/** Without `ids` in the order of the queue. @see Jobs.queuePositions */
export async function queuePositions(
  { pool }: StoreParts,
  ids?: readonly string[],
): Promise<Map<string, WaitingRow>> {
  const query = ids ? { name: 'positions of some', text: POSITIONS_OF, values: [ids] } : { text: POSITIONS }
  const { rows } = await againIfDropped(() => pool.query<WaitingRow & { id: string }>(query))
  return new Map(rows.map(({ id, ...waiting }) => [id, waiting]))
}
