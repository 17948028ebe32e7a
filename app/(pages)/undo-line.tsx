import type { JobsStore } from './live/jobs-store.ts'
import type { PendingDeletion } from './live/pending-deletions.ts'
import { useTexts } from './messages/use-texts.tsx'

/** What was just deleted, as long as that can be undone. */
export function UndoLine({ deletion, store }: { deletion: PendingDeletion; store: JobsStore }) {
  const { t } = useTexts()
  return (
    <p className="note undo" role="status">
      {deletion.sentence}{' '}
      <button type="button" className="quiet" onClick={() => store.undoDeletion(deletion.key)}>
        {t('list.undo')}
        <span className="unseen"> {t('list.undoOf', { what: deletion.what })}</span>
      </button>
    </p>
  )
}
