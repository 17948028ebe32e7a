import { Bar } from './bar.tsx'
import { isFinished } from './live/announcements.ts'
import { type BatchGroup, isUnderWay, totalOf } from './live/batch-group.ts'
import type { CountedBatches } from './live/counted-batches.ts'
import { count } from './live/format.ts'
import type { JobsStore } from './live/jobs-store.ts'
import { ALL_JOBS, type PendingDeletion } from './live/pending-deletions.ts'
import { NotifyButton } from './notify-button.tsx'
import { UndoLine } from './undo-line.tsx'
import { useProgressTitle } from './use-progress-title.ts'
import './list-heading.css'

interface Props {
  groups: readonly BatchGroup[]
  counted: CountedBatches
  /** A message that belongs to no single row. */
  note: string
  deletions: readonly PendingDeletion[]
  /** How many rows were cleared from the list and can be shown again. */
  cleared: number
  store: JobsStore
}

/** What is shown and offered for all rows, above them. */
export function ListHeading({ groups, counted, note, deletions, cleared, store }: Props) {
  const rows = groups.flatMap(group => group.rows)
  const open = groups.filter(isUnderWay)
  const { total, percent, summary } = totalOf(open, counted)
  useProgressTitle(open.length > 0 ? `${Math.floor(percent)} % of ${count(total, 'file')}` : null)
  const all = deletions.find(({ key }) => key === ALL_JOBS)
  return (
    <div className="heading" data-row="heading" tabIndex={-1}>
      <Title groups={groups} counted={counted} />
      {note && <p className="note">{note}</p>}
      <span className="actions">
        <NotifyButton isUnderWay={open.length > 0} summary={totalOf(groups, counted).summary} />
        {rows.some(isFinished) && (
          <button type="button" className="quiet" onClick={() => store.clearFinished()}>
            Clear finished
          </button>
        )}
        {cleared > 0 && (
          <button type="button" className="quiet" onClick={() => store.showCleared()}>
            Show {count(cleared, 'cleared file')}
          </button>
        )}
        {(cleared > 0 || rows.some(row => row.kind === 'job')) && (
          <button type="button" className="quiet" onClick={() => store.deleteAll()}>
            Delete all my files
          </button>
        )}
      </span>
      {all && <UndoLine deletion={all} store={store} />}
      {open.length > 1 && <Bar bar={{ kind: 'work', percent }} label="All files" text={summary} />}
    </div>
  )
}

/** The only group says itself how many files there are. */
function Title({ groups, counted }: Pick<Props, 'groups' | 'counted'>) {
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
