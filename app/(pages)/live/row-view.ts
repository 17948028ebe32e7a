/** What a row shows and offers. Pure, so that the page, the status page and the page without JavaScript agree. */
import type { Snapshot } from '#lib/vocabulary/snapshot.ts'
import type { Texts } from '../messages/texts.ts'
import { cancelled, completed, failed, purged } from './ended-job-view.ts'
import { isOnlyReceipt } from './kept-files-text.ts'
import { locked, running, waiting } from './open-job-view.ts'
import type { RowView } from './row-parts.ts'
import type { Row } from './rows.ts'
import { uploadView } from './upload-view.ts'

/** The view of a row. `now` is in milliseconds since 1970. */
export function rowView(row: Row, now: number, texts: Texts): RowView {
  return row.kind === 'upload' ? uploadView(row, texts) : jobView(row.job, now, texts)
}

function jobView(job: Snapshot, now: number, texts: Texts): RowView {
  if (isOnlyReceipt(job)) return purged(job, texts)
  switch (job.state) {
    case 'queued':
      return job.needs ? locked(job, now, texts) : waiting(job, now, texts)
    case 'running':
      return running(job, texts)
    case 'completed':
      return completed(job, now, texts)
    case 'failed':
      return failed(job, now, texts)
    case 'cancelled':
      return cancelled(job, now, texts)
  }
}
