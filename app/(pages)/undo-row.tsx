import type { JobsStore } from './live/jobs-store.ts'
import type { PendingDeletion } from './live/pending-deletions.ts'
import { UndoLine } from './undo-line.tsx'

interface Props {
  /** The row whose place it takes. */
  rowKey: string
  deletion: PendingDeletion
  store: JobsStore
}

/** Stands in the place of what was deleted, so that no other row moves below the pointer. */
export function UndoRow({ rowKey, deletion, store }: Props) {
  return (
    <li className="gone" data-row={rowKey} tabIndex={-1}>
      <UndoLine deletion={deletion} store={store} />
    </li>
  )
}
