/** What a row shows while changes arrive, and what while nothing is heard of the server. Pure. */
import type { Snapshot } from '#lib/vocabulary/snapshot.ts'
import type { Texts } from '../messages/texts.ts'
import { isFinished } from './announcements.ts'
import type { Silence } from './job-listener.ts'
import type { RowView } from './row-parts.ts'
import { rowView } from './row-view.ts'
import type { Row } from './rows.ts'

export interface Moment {
  /** In milliseconds since 1970. */
  now: number
  /** Null while changes arrive. */
  silence: Silence | null
  texts: Texts
}

/**
 * The view of a row. In silence a job under way shows what was heard last, and nothing of it moves; an upload knows by
 * its own requests how it stands.
 */
export function liveRowView(row: Row, { now, silence, texts }: Moment): RowView {
  if (!isSilenced(row) || silence === null) return rowView(row, now, texts)
  const view = rowView({ ...row, job: withoutEstimates(row.job) }, now, texts)
  const percent = view.bar?.percent ?? null
  return {
    ...view,
    tone: 'wait',
    message: texts.t(`job.${silence}`, { message: view.message }),
    bar: percent === null ? { kind: 'waiting', percent } : { kind: 'still', percent },
  }
}

/** Whether silence changes what this row shows. */
export function isSilenced(row: Row): row is Extract<Row, { kind: 'job' }> {
  return row.kind === 'job' && row.job.needs === null && !isFinished(row)
}

/** What was estimated counts down only while it is heard of. */
function withoutEstimates(job: Snapshot): Snapshot {
  const progress = job.progress && { ...job.progress, eta: undefined }
  return { ...job, runAt: null, progress, queue: job.queue && { ...job.queue, startsInS: null } }
}
