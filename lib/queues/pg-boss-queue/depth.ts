import { againIfDropped } from '../../postgres/again-if-dropped.ts'
import type { PostgresDatabase } from '../../postgres/database.ts'
import type { QueueDepth, QueueName } from '../../queue.ts'

/** So many messages are counted one by one. */
const COUNTED = 500

// NOT blocked, which no message of ours is, for the index of what waits.
const DEPTH = `
  SELECT count(*)::int AS waiting FROM (
    SELECT FROM pgboss.job WHERE name = $1 AND state < 'active' AND NOT blocked LIMIT ${COUNTED + 1}
  ) AS messages`

/** Exact up to `COUNTED`; beyond, the count of pg-boss, which is a few seconds old. */
export async function depth(
  { pool, boss }: Pick<PostgresDatabase, 'pool' | 'boss'>,
  name: QueueName,
): Promise<QueueDepth> {
  const { rows } = await againIfDropped(() => pool.query<{ waiting: number }>(DEPTH, [name]))
  const waiting = rows[0]?.waiting ?? 0
  if (waiting <= COUNTED) return { waiting, exact: true }
  const queue = await againIfDropped(() => boss.getQueue(name))
  return { waiting: Math.max(waiting, queue?.queuedCount ?? 0), exact: false }
}
