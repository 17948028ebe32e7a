import { Fragment } from 'react'
import { BatchHeader } from './batch-header.tsx'
import { JobListRow } from './job-list-row.tsx'
import { summary } from './live/announcements.ts'
import { groupsOf } from './live/batch-group.ts'
import { count } from './live/format.ts'
import type { JobsStore } from './live/jobs-store.ts'
import type { Row, Rows } from './live/rows.ts'
import { useNow } from './live/use-jobs.ts'
import './job-list.css'

interface Props {
  rows: Rows
  /** A message that belongs to no single row. */
  note: string
  store: JobsStore
  now: number
}

/** All rows with their summary. `now` is the server's clock, in milliseconds. */
export function JobList({ rows, note, store, now: first }: Props) {
  const now = useNow(first, rows.some(isCountingDown) ? 1000 : 30_000)
  if (rows.length === 0) return null
  return (
    <section aria-labelledby="files">
      <div className="heading">
        <h2 id="files">{count(rows.length, 'file')}</h2>
        <p>{summary(rows)}</p>
        {note && <p className="note">{note}</p>}
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

/** Whether a row shows the seconds until the next attempt. */
export function isCountingDown(row: Row): boolean {
  return row.kind === 'job' && row.job.state === 'queued' && row.job.attempt > 0
}
