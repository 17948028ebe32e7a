import { type BatchGroup, totalOf } from './live/batch-group.ts'
import type { CountedBatches } from './live/counted-batches.ts'
import { count } from './live/format.ts'
import type { JobsStore } from './live/jobs-store.ts'
import { ALL_JOBS, type PendingDeletion } from './live/pending-deletions.ts'
import { UndoLine } from './undo-line.tsx'
import './list-heading.css'

interface Props {
  groups: readonly BatchGroup[]
  counted: CountedBatches
  /** A message that belongs to no single row. */
  note: string
  deletions: readonly PendingDeletion[]
  store: JobsStore
}

/** What is shown and offered for all rows, above them. */
export function ListHeading({ groups, counted, note, deletions, store }: Props) {
  const all = deletions.find(({ key }) => key === ALL_JOBS)
  return (
    <div className="heading">
      <Title groups={groups} counted={counted} />
      {note && <p className="note">{note}</p>}
      {groups.some(({ rows }) => rows.some(row => row.kind === 'job')) && (
        <button type="button" className="quiet" onClick={() => store.deleteAll()}>
          Delete all my files
        </button>
      )}
      {all && <UndoLine deletion={all} store={store} />}
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
