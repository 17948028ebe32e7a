import { Fragment } from 'react'
import { BatchHeader } from './batch-header.tsx'
import { JobListRow } from './job-list-row.tsx'
import { summary } from './live/announcements.ts'
import { groupsOf } from './live/batch-group.ts'
import { count } from './live/format.ts'
import type { JobsStore } from './live/jobs-store.ts'
import { ALL_JOBS, type PendingDeletion } from './live/pending-deletions.ts'
import type { Row, Rows } from './live/rows.ts'
import { useNow } from './live/use-jobs.ts'
import { UndoLine } from './undo-line.tsx'
import './job-list.css'

interface Props {
  rows: Rows
  /** A message that belongs to no single row. */
  note: string
  deletions: readonly PendingDeletion[]
  store: JobsStore
  now: number
}

/** All rows with their summary. `now` is the server's clock, in milliseconds. */
export function JobList({ rows: all, note, deletions, store, now: first }: Props) {
  const rows = all.filter(row => !isHidden(row, deletions))
  const now = useNow(first, rows.some(isCountingDown) ? 1000 : 30_000)
  if (rows.length === 0 && deletions.length === 0) return null
  return (
    <section aria-labelledby="files">
      <div className="heading">
        <h2 id="files">{count(rows.length, 'file')}</h2>
        <p>{summary(rows)}</p>
        {note && <p className="note">{note}</p>}
        {rows.some(row => row.kind === 'job') && (
          <button type="button" className="quiet" onClick={() => store.deleteAll()}>
            Delete all my files
          </button>
        )}
        {deletions.map(deletion => (
          <UndoLine key={deletion.key} deletion={deletion} store={store} />
        ))}
      </div>
      <ul className="rows">
        {groupsOf(rows, now).map(group => (
          <Fragment key={group.batchId}>
            {group.rows.length > 1 && <BatchHeader group={group} store={store} />}
            {group.rows.map(row => (
              <JobListRow key={row.key} row={row} store={store} now={now} />
            ))}
          </Fragment>
        ))}
      </ul>
    </section>
  )
}

/** Whether the user deleted it, for good or not yet; its own page shows the receipt. */
function isHidden(row: Row, deletions: readonly PendingDeletion[]): boolean {
  if (row.kind === 'upload') return false
  const { id, receipt } = row.job
  return receipt?.by === 'owner' || deletions.some(({ key }) => key === id || key === ALL_JOBS)
}

/** Whether a row shows the seconds until the next attempt. */
export function isCountingDown(row: Row): boolean {
  return row.kind === 'job' && row.job.state === 'queued' && row.job.attempt > 0
}
