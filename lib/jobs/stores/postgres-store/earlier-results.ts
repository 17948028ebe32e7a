import type { Job } from '../../../jobs.ts'
import { againIfDropped } from '../../../postgres/again-if-dropped.ts'
import { type JobStore, MOST_EARLIER } from '../../store.ts'
import { JOB_COLUMNS, type JobTableRow, toJob } from './job-table-row.ts'
import type { StoreParts } from './written-row.ts'

// The literal conditions of its index.
const EARLIER = `
  SELECT ${JOB_COLUMNS} FROM jobs
  WHERE owner = $1 AND source_sha256 = $2 AND target = $3
    AND state = 'completed' AND files_deleted_at IS NULL AND deleted_by IS NULL AND NOT had_secrets
  ORDER BY finished_at DESC LIMIT ${MOST_EARLIER}`

/** @see JobStore.earlierResults */
export async function earlierResults(
  { pool }: StoreParts,
  { owner, sha256, target }: Parameters<JobStore['earlierResults']>[0],
): Promise<Job[]> {
  const query = { name: 'earlier results', text: EARLIER, values: [owner, sha256, target] }
  return (await againIfDropped(() => pool.query<JobTableRow>(query))).rows.map(toJob)
}
