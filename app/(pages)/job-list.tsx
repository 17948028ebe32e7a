import { Fragment } from 'react'
import type { BatchView } from '#lib/vocabulary/batch.ts'
import { BatchHeader } from './batch-header.tsx'
import { JobListRow } from './job-list-row.tsx'
import { type BatchGroup, groupsOf, totalOf } from './live/batch-group.ts'
import { type CountedBatches, countedBatches } from './live/counted-batches.ts'
import { count } from './live/format.ts'
import type { JobsStore } from './live/jobs-store.ts'
import { ALL_JOBS, type PendingDeletion } from './live/pending-deletions.ts'
import type { Row, Rows } from './live/rows.ts'
import { useNow } from './live/use-jobs.ts'
import { UndoLine } from './undo-line.tsx'
import './job-list.css'
import './list-heading.css'

interface Props {
  rows: Rows
  batches: ReadonlyMap<string, BatchView>
  /** A message that belongs to no single row. */
  note: string
  deletions: readonly PendingDeletion[]
  store: JobsStore
  now: number
}

/** All rows with their summary. `now` is the server's clock, in milliseconds. */
export function JobList({ rows: all, batches, note, deletions, store, now: first }: Props) {
  const rows = all.filter(row => !isHidden(row, deletions))
  const now = useNow(first, rows.some(isCountingDown) ? 1000 : 30_000)
  if (rows.length === 0 && deletions.length === 0) return null
  const counted = countedBatches(batches, all)
  const groups = groupsOf(rows, now, counted)
  return (
    <section aria-labelledby="files">
      <div className="heading">
        <Title groups={groups} counted={counted} />
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
        {groups.map(group => (
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

/** The only group says itself how many files there are. */
function Title({ groups, counted }: { groups: readonly BatchGroup[]; counted: CountedBatches }) {
  const [first] = groups
  if (groups.length === 1 && first && first.rows.length > 1) return <h2 id="files">Your files</h2>
  const { total, summary } = totalOf(groups, counted)
  return (
    <>
      <h2 id="files">{count(total, 'file')}</h2>
      <p>{summary}</p>
    </>
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
