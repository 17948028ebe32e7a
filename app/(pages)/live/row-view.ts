/** What a row shows and offers. Pure, so that the page, the status page and the page without JavaScript agree. */
import type { Progress, QueuePosition } from '#lib/vocabulary/job.ts'
import type { NoteView } from '#lib/vocabulary/notes.ts'
import type { Snapshot } from '#lib/vocabulary/snapshot.ts'
import { count, duration, roughly, size, sizeOf, span } from './format.ts'
import { resultNotes } from './result-notes.ts'
import type { Row, UploadEntry } from './rows.ts'

/** `loss` and `changed`: completed, but the result lacks something of the source, or shows it otherwise. */
export type Tone = 'plain' | 'good' | 'loss' | 'changed' | 'wait' | 'bad'
export type Action =
  | 'cancel'
  | 'download'
  | 'link'
  | 'retry'
  | 'delete'
  | 'pause'
  | 'resume'
  | 'resend'
  | 'choose'
  | 'remove'
  | 'unlock'

const DELETING: readonly Action[] = ['delete', 'remove']

/**
 * The same with what deletes first: Cancel stands last in a row, and what deletes must not come to its place when the
 * job ends.
 */
export function deletingFirst(actions: readonly Action[]): Action[] {
  return [
    ...actions.filter(action => DELETING.includes(action)),
    ...actions.filter(action => !DELETING.includes(action)),
  ]
}

/** Whether someone who only has the job's link may do this, too. */
export function isHarmless(action: Action): boolean {
  return action === 'download' || action === 'link'
}

/**
 * `percent` is null while it is unknown. `waiting` is an empty track: nothing has begun. `still`: how far it was when the
 * page last heard of it.
 */
export interface BarView {
  kind: 'upload' | 'work' | 'waiting' | 'still'
  percent: number | null
}

export interface RowView {
  /** For styles and tests: the job's state, or the upload's. */
  state: string
  tone: Tone
  message: string
  /** A second line in a quieter style; null beside a bar. */
  detail: string | null
  /** The most serious note on a result that is not as the source, and how many more there are. */
  note?: NoteView
  furtherNotes?: number
  bar: BarView | null
  actions: readonly Action[]
}

/** The view of a row. `now` is in milliseconds since 1970. */
export function rowView(row: Row, now: number): RowView {
  return row.kind === 'upload' ? ofUpload(row) : ofJob(row.job, now)
}

function ofUpload(row: UploadEntry): RowView {
  const percent = row.bytes === 0 ? 100 : Math.floor((100 * row.sent) / row.bytes)
  const isAway = row.sent >= row.bytes
  const state = row.state === 'sending' ? 'uploading' : row.state
  const base = { state, tone: 'plain', detail: null, bar: { kind: 'upload', percent } } as const
  const stuck = { ...base, tone: 'wait', actions: ['pause', 'cancel'] } as const
  switch (row.state) {
    case 'waiting':
      return {
        ...base,
        message: 'Waiting to upload',
        bar: { kind: 'waiting', percent: null },
        actions: ['cancel'],
      }
    case 'sending':
      if (isAway)
        return {
          ...base,
          message: 'Looking at the file',
          bar: { kind: 'upload', percent: null },
          actions: ['cancel'],
        }
      return {
        ...base,
        message: `Uploading ${percent} %, ${sizeOf(row.sent, row.bytes)}`,
        actions: ['pause', 'cancel'],
      }
    case 'paused':
      return { ...base, message: `Paused at ${percent} %`, actions: ['resume', 'cancel'] }
    case 'offline':
      return { ...stuck, message: `Waiting for the network, ${percent} % sent` }
    case 'unanswered':
      return { ...stuck, message: `Waiting for the server, ${percent} % sent` }
    case 'lost':
      return {
        ...stuck,
        message: `Stopped at ${percent} %`,
        detail: 'This browser did not keep the file. Choose it again to go on.',
        bar: null,
        actions: ['choose', 'cancel'],
      }
    case 'refused':
      return {
        ...base,
        tone: 'bad',
        message: row.error?.message ?? 'This file was not taken.',
        detail: row.error?.nextStep ?? null,
        bar: null,
        actions: row.error?.retryable ? ['resend', 'remove'] : ['remove'],
      }
  }
}

/** The same for a job without a row: the page that the server renders. */
export function ofJob(job: Snapshot, now: number): RowView {
  if (isOnlyReceipt(job)) return purged(job)
  switch (job.state) {
    case 'queued':
      return job.needs ? needing(job, now) : waiting(job, now)
    case 'running':
      return running(job)
    case 'completed':
      return completed(job, now)
    case 'failed':
      return failed(job, now)
    case 'cancelled':
      return {
        state: job.state,
        tone: 'plain',
        message: 'Cancelled',
        detail: deletion(job, now),
        bar: null,
        actions: isKept(job, now) ? ['retry', 'delete'] : ['delete'],
      }
  }
}

/** Whether only the receipt is left of it, without a name. */
export function isOnlyReceipt({ receipt, fileName }: Snapshot): boolean {
  return receipt !== null && fileName === ''
}

function purged(job: Snapshot): RowView {
  return {
    state: job.state,
    tone: 'plain',
    message: `Deleted ${whyDeleted(job)}`,
    detail: 'Only this receipt is left, without its name and its owner.',
    bar: null,
    actions: [],
  }
}

function waiting(job: Snapshot, now: number): RowView {
  const later = job.runAt ? Date.parse(job.runAt) - now : 0
  const isBetween = job.attempt > 0 && later > 0
  return {
    state: job.state,
    tone: isBetween ? 'wait' : 'plain',
    message: isBetween
      ? `Trying again in ${Math.ceil(later / 1000)} s (${job.attempt + 1} of ${job.maxAttempts})`
      : queuePositionText(job.queue) + startText(job.queue),
    detail: null,
    bar: { kind: 'waiting', percent: null },
    actions: ['cancel'],
  }
}

/** A locked file: its row has a field for the password. */
function needing(job: Snapshot, now: number): RowView {
  return {
    state: job.state,
    tone: 'wait',
    message: job.error?.message ?? 'This file is locked with a password.',
    detail: job.error?.nextStep ?? `Enter its password to convert it. ${deletion(job, now)}.`,
    bar: null,
    actions: ['unlock', 'cancel'],
  }
}

function queuePositionText(queue: QueuePosition | null): string {
  if (typeof queue?.ahead !== 'number') return 'Waiting'
  return queue.ahead === 0 ? 'Next' : `${queue.ahead} ahead of you`
}

/** `, starts in about 40 s`, where that is known and not at once; otherwise what the job waits for. */
function startText(queue: QueuePosition | null): string {
  if (queue?.workers === 'starting') return ', starting the converter'
  if (queue?.workers === 'none') return ', no converter is ready'
  return queue?.startsInS ? `, starts in about ${roughly(queue.startsInS)}` : ''
}

function running(job: Snapshot): RowView {
  const step = job.progress ? stepOf(job.progress) : 'Starting'
  const attempt = job.attempt > 1 ? ` (${job.attempt} of ${job.maxAttempts})` : ''
  const isKnown = job.progress && !job.progress.indeterminate
  const percent = isKnown ? (job.progress?.percent ?? null) : null
  return {
    state: job.state,
    tone: 'plain',
    message: step + attempt + timeLeft(job.progress),
    detail: null,
    bar: { kind: 'work', percent },
    actions: ['cancel'],
  }
}

/** `, about 8 s left` or `, 6 to 12 s left`, where that is known. */
function timeLeft(progress: Progress | null): string {
  if (!progress?.eta) return ''
  const inMinutes = progress.eta.high >= 90
  const [low, high] = [progress.eta.low, progress.eta.high].map(s =>
    Math.max(1, Math.round(inMinutes ? s / 60 : s)),
  )
  const unit = inMinutes ? 'min' : 's'
  return low === high ? `, about ${high} ${unit} left` : `, ${low} to ${high} ${unit} left`
}

function stepOf({ phase, current, total, unit, percent }: Progress): string {
  if (phase === 'starting') return 'Starting'
  if (phase === 'loading') return 'Loading'
  if (phase === 'storing') return 'Storing'
  if (current === null) return percent === null ? 'Converting' : `Converting, ${Math.round(percent)} %`
  const what = unit ? unit[0]?.toUpperCase() + unit.slice(1) : 'Step'
  return total === null ? `${what} ${current}` : `${what} ${current} of ${total}`
}

function completed(job: Snapshot, now: number): RowView {
  const took = job.startedAt && job.finishedAt ? Date.parse(job.finishedAt) - Date.parse(job.startedAt) : null
  const isHere = job.result !== null && isKept(job, now)
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
      ? deletion(job, now)
      : `The result was deleted ${whyDeleted(job)}. Send the document again.`,
    ...(note && { note, furtherNotes: further.length }),
    bar: null,
    actions: isHere ? ['download', 'link', 'delete'] : ['delete'],
  }
}

function toneOf(note: NoteView | undefined): Tone {
  if (!note) return 'good'
  return note.severity === 'loss' ? 'loss' : 'changed'
}

function failed(job: Snapshot, now: number): RowView {
  return {
    state: job.state,
    tone: 'bad',
    message: job.error?.message ?? 'This job failed.',
    detail: job.error?.nextStep ?? null,
    bar: null,
    actions: isKept(job, now) ? ['retry', 'delete'] : ['delete'],
  }
}

/** Whether the files are still on the server. */
export function isKept(job: Snapshot, now: number): boolean {
  return !job.receipt && Date.parse(job.expiresAt) > now
}

function deletion(job: Snapshot, now: number): string {
  if (job.receipt) return `Its files were deleted ${whyDeleted(job)}`
  const left = Date.parse(job.expiresAt) - now
  return left > 0 ? `Deleted in ${span(left)}` : 'Its files are deleted'
}

function whyDeleted({ receipt }: Snapshot): string {
  return receipt?.by === 'owner' ? 'on request' : 'when its time was over'
}
