import { againIfDropped } from '../../../postgres/again-if-dropped.ts'
import type { RecentRuns } from '../../store.ts'
import type { StoreParts } from './written-row.ts'

/** So many jobs that ended are looked at. */
const LATEST = 30

// The condition of the inner SELECT is that of its index, so it reads no more rows than it takes.
const RECENT_RUNS = `
  SELECT (SELECT count(*) FROM jobs WHERE state = 'running')::int AS running,
    ARRAY(
      SELECT (extract(epoch FROM finished_at - started_at) * 1000)::float8 FROM (
        SELECT state, started_at, finished_at FROM jobs
        WHERE state IN ('completed', 'failed') AND finished_at IS NOT NULL ORDER BY finished_at DESC LIMIT ${LATEST}
      ) AS latest WHERE state = 'completed' AND started_at IS NOT NULL
    ) AS "tookMs"`

/** @see JobStore.recentRuns */
export async function recentRuns({ pool }: StoreParts): Promise<RecentRuns> {
  const { rows } = await againIfDropped(() =>
    pool.query<RecentRuns>({ name: 'recent runs', text: RECENT_RUNS }),
  )
  return rows[0] ?? { running: 0, tookMs: [] }
}
