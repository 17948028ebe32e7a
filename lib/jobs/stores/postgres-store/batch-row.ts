import { againIfDropped } from '../../../postgres/again-if-dropped.ts'
import { JOB_STATES, type JobState, NO_OWNER } from '../../../vocabulary/job.ts'
import { type BatchRow, MOST_OF_BATCH } from '../../store.ts'
import type { StoreParts } from './written-row.ts'

const counted = (state: JobState) =>
  `count(*) FILTER (WHERE named.owner = first.owner AND state = '${state}')::int AS ${state}`

const BATCH = `
  WITH named AS MATERIALIZED (
    SELECT id, owner, state, version, progress, created_at FROM jobs
    WHERE batch_id = $1::uuid AND owner <> '${NO_OWNER}' ORDER BY created_at, id LIMIT ${MOST_OF_BATCH}
  ), first AS (SELECT owner, created_at FROM named ORDER BY created_at, id LIMIT 1)
  SELECT first.owner, first.created_at AS "createdAt", sum(version)::float8 AS version,
    coalesce(sum((progress->>'percent')::float8) FILTER (
      WHERE named.owner = first.owner AND state = 'running'), 0) AS "runningPercent",
    ${JOB_STATES.map(counted).join(', ')}
  FROM named CROSS JOIN first GROUP BY first.owner, first.created_at`

type CountedRow = Omit<BatchRow, 'counts'> & Record<JobState, number>

/** @see JobStore.batch */
export async function readBatch({ pool }: StoreParts, id: string): Promise<BatchRow | undefined> {
  const query = { name: 'batch', text: BATCH, values: [id] }
  const [row] = (await againIfDropped(() => pool.query<CountedRow>(query))).rows
  if (!row) return undefined
  const { owner, createdAt, version, runningPercent, ...counts } = row
  return { owner, createdAt, version, runningPercent, counts }
}
