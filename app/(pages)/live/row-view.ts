/** What a row shows and offers. Pure, so that the page, the status page and the page without JavaScript agree. */
import type { Snapshot } from '#lib/vocabulary/snapshot.ts'
import { cancelled, completed, failed, purged } from './ended-job-view.ts'
import { isOnlyReceipt } from './kept-files-text.ts'
import { locked, running, waiting } from './open-job-view.ts'
import type { RowView } from './row-parts.ts'
import type { Row } from './rows.ts'
import { uploadView } from './upload-view.ts'

/** The view of a row. `now` is in milliseconds since 1970. */
export function rowView(row: Row, now: number): RowView {
  return row.kind === 'upload' ? uploadView(row) : jobView(row.job, now)
}

function jobView(job: Snapshot, now: number): RowView {
  if (isOnlyReceipt(job)) return purged(job)
  switch (job.state) {
    case 'queued':
      return job.needs ? locked(job, now) : waiting(job, now)
    case 'running':
      return running(job)
    case 'completed':
      return completed(job, now)
    case 'failed':
      return failed(job, now)
    case 'cancelled':
      return cancelled(job, now)
  }
}
