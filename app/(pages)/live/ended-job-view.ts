/** What the row of a job shows that has ended. Pure; `now` is in milliseconds since 1970. */
import type { NoteView } from '#lib/vocabulary/notes.ts'
import type { Snapshot } from '#lib/vocabulary/snapshot.ts'
import { count, duration, size } from './format.ts'
import { deletionText, hasResult, isKept, whyDeleted } from './kept-files-text.ts'
import { resultNotes } from './result-notes.ts'
import type { RowView, Tone } from './row-parts.ts'
import { isAboutSettings } from './settings-errors.ts'

/** A job with a result, or one whose result is deleted or lost. */
export function completed(job: Snapshot, now: number): RowView {
  if (job.result?.lost && isKept(job, now)) return lost(job, now)
  const took = job.startedAt && job.finishedAt ? Date.parse(job.finishedAt) - Date.parse(job.startedAt) : null
  const isHere = hasResult(job, now)
  const [note, ...further] = isHere ? resultNotes(job) : []
  const isWhole = note?.severity !== 'loss'
  const facts = [
    isWhole ? 'Done' : 'Done, but not everything is in it',
    job.result && size(job.result.bytes),
    job.result?.pages && count(job.result.pages, 'page'),
    took !== null && duration(took),
  ]
  return {
    state: job.state,
    tone: isHere ? toneOf(note) : 'plain',
    message: facts.filter(Boolean).join(', '),
    detail: isHere
      ? deletionText(job, now)
      : `The result was deleted ${whyDeleted(job)}. Send the document again.`,
    ...(note && { note, furtherNotes: further.length }),
    bar: null,
    actions: isHere ? ['download', 'link', 'delete'] : ['delete'],
  }
}

function lost(job: Snapshot, now: number): RowView {
  return {
    state: job.state,
    tone: 'bad',
    message: 'The result is missing on the server',
    detail: `Convert it again on its own page, or send the document again. ${deletionText(job, now)}`,
    bar: null,
    actions: ['delete'],
  }
}

function toneOf(note: NoteView | undefined): Tone {
  if (!note) return 'good'
  return note.severity === 'loss' ? 'loss' : 'changed'
}

/** A job that failed for good. */
export function failed(job: Snapshot, now: number): RowView {
  const mayChange = isAboutSettings(job.error) && !job.sources
  return {
    state: job.state,
    tone: 'bad',
    message: job.error?.message ?? 'This job failed.',
    detail: job.error?.nextStep ?? null,
    bar: null,
    // With the same settings it would fail again.
    actions: isKept(job, now) ? [mayChange ? 'change' : 'retry', 'delete'] : ['delete'],
  }
}

/** A job that its owner stopped. */
export function cancelled(job: Snapshot, now: number): RowView {
  return {
    state: job.state,
    tone: 'plain',
    message: 'Cancelled',
    detail: deletionText(job, now),
    bar: null,
    actions: isKept(job, now) ? ['retry', 'delete'] : ['delete'],
  }
}

/** A job of which only the receipt is left. */
export function purged(job: Snapshot): RowView {
  return {
    state: job.state,
    tone: 'plain',
    message: `Deleted ${whyDeleted(job)}`,
    detail: 'Only this receipt is left, without its name and its owner.',
    bar: null,
    actions: [],
  }
}
