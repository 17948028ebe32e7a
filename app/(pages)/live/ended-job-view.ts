/** What the row of a job shows that has ended. Pure; `now` is in milliseconds since 1970. */
import type { NoteView } from '#lib/vocabulary/notes.ts'
import type { Snapshot } from '#lib/vocabulary/snapshot.ts'
import { errorText } from '../messages/error-text.ts'
import type { Texts } from '../messages/texts.ts'
import { duration, size } from './format.ts'
import { deletionText, hasResult, isKept, isRequested } from './kept-files-text.ts'
import { resultNotes } from './result-notes.ts'
import type { RowView, Tone } from './row-parts.ts'
import { isAboutSettings } from './settings-errors.ts'

/** A job with a result, or one whose result is deleted or lost. */
export function completed(job: Snapshot, now: number, texts: Texts): RowView {
  if (job.result?.lost && isKept(job, now)) return lost(job, now, texts)
  const took = job.startedAt && job.finishedAt ? Date.parse(job.finishedAt) - Date.parse(job.startedAt) : null
  const isHere = hasResult(job, now)
  const [note, ...further] = isHere ? resultNotes(job) : []
  const isWhole = note?.severity !== 'loss'
  const { t } = texts
  const facts = [
    t(isWhole ? 'job.done' : 'job.doneWithLoss'),
    job.result && size(texts, job.result.bytes),
    job.result?.pages && t('count.pages', { n: job.result.pages }),
    took !== null && duration(texts, took),
  ]
  return {
    state: job.state,
    tone: isHere ? toneOf(note) : 'plain',
    message: facts.filter(Boolean).join(t('page.comma')),
    detail: isHere
      ? deletionText(job, now, texts)
      : t(isRequested(job) ? 'job.resultDeleted' : 'job.resultExpired'),
    ...(note && { note, furtherNotes: further.length }),
    bar: null,
    actions: isHere ? ['download', 'link', 'delete'] : ['delete'],
  }
}

function lost(job: Snapshot, now: number, texts: Texts): RowView {
  return {
    state: job.state,
    tone: 'bad',
    message: texts.t('job.lost'),
    detail: texts.t('job.lostHint', { kept: deletionText(job, now, texts) }),
    bar: null,
    actions: ['delete'],
  }
}

function toneOf(note: NoteView | undefined): Tone {
  if (!note) return 'good'
  return note.severity === 'loss' ? 'loss' : 'changed'
}

/** A job that failed for good. */
export function failed(job: Snapshot, now: number, texts: Texts): RowView {
  const error = job.error && errorText(texts, job.error)
  const mayChange = isAboutSettings(job.error) && !job.sources
  return {
    state: job.state,
    tone: 'bad',
    message: error?.message ?? texts.t('job.failed'),
    detail: error?.nextStep ?? null,
    bar: null,
    // With the same settings it would fail again.
    actions: isKept(job, now) ? [mayChange ? 'change' : 'retry', 'delete'] : ['delete'],
  }
}

/** A job that its owner stopped. */
export function cancelled(job: Snapshot, now: number, texts: Texts): RowView {
  return {
    state: job.state,
    tone: 'plain',
    message: texts.t('job.cancelled'),
    detail: deletionText(job, now, texts),
    bar: null,
    actions: isKept(job, now) ? ['retry', 'delete'] : ['delete'],
  }
}

/** A job of which only the receipt is left. */
export function purged(job: Snapshot, { t }: Texts): RowView {
  return {
    state: job.state,
    tone: 'plain',
    message: t(isRequested(job) ? 'job.deleted' : 'job.expired'),
    detail: t('job.onlyReceipt'),
    bar: null,
    actions: [],
  }
}
