import type { JobsStore } from './live/jobs-store.ts'
import type { PendingDeletion } from './live/pending-deletions.ts'

/** What was just deleted, as long as that can be undone. */
export function UndoLine({ deletion, store }: { deletion: PendingDeletion; store: JobsStore }) {
  return (
    <p className="note undo" role="status">
      {deletion.label} deleted.{' '}
      <button type="button" className="quiet" onClick={() => store.undoDeletion(deletion.key)}>
        Undo<span className="unseen"> the deletion of {deletion.label}</span>
      </button>
    </p>
  )
}
