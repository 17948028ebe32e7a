/** The announcements for screen readers: starts and ends of jobs only, never ticks. Pure. */
import { isTerminal, type JobState } from '#lib/vocabulary/job.ts'
import { count } from './format.ts'
import { resultNotes } from './result-notes.ts'
import type { Row, Rows, UploadState } from './rows.ts'

/** Above this number only the count is announced. */
const ANNOUNCED_BY_NAME = 3

/** The changes between two states of the rows, in one sentence or more; null where there are none. */
export function announcements(before: Rows, after: Rows): string | null {
  const known = new Map(before.map(row => [row.key, row]))
  const fresh = after.filter(row => row.kind === 'upload' && !known.has(row.key))
  const added = fresh.filter(row => !isFinished(row)).length
  const ends = after.filter(row => {
    const old = known.get(row.key)
    return isFinished(row) && (old ? !isFinished(old) : row.kind === 'upload')
  })
  const locked = after.filter(row => isAsking(row) && !isAsking(known.get(row.key)))
  const parts = added ? [`${count(added, 'file')} added.`] : []
  parts.push(...(ends.length > ANNOUNCED_BY_NAME ? [numbers(ends)] : ends.map(sentence)))
  if (locked.length > 0) parts.push(asked(locked))
  return parts.length ? parts.join(' ') : null
}

/** Jobs by state. */
export type StateCounts = Readonly<Partial<Record<JobState, number>>>

/** The summary of the rows, and of jobs without one, for the heading: `2 uploading, 96 to come, 1 running`. */
export function summary(rows: Rows, others: StateCounts = {}): string {
  const counts = new Map<string, number>()
  const add = (word: string, count: number) => counts.set(word, (counts.get(word) ?? 0) + count)
  for (const row of rows) add(stateLabel(row), 1)
  for (const [state, count] of Object.entries(others)) add(STATE_WORDS[state as JobState], count)
  // A non-breaking space keeps a number and its word on one line.
  return [...UPLOAD_WORDS, 'running', 'waiting', 'locked', 'done', 'failed', 'cancelled']
    .flatMap(word => (counts.has(word) ? [`${counts.get(word)} ${word}`.replaceAll(' ', '\u00a0')] : []))
    .join(', ')
}

/** Whether this row stays as it is unless the user acts. */
export function isFinished(row: Row): boolean {
  return row.kind === 'upload' ? row.state === 'refused' : isTerminal(row.job.state)
}

const UPLOAD_WORDS = ['uploading', 'held up', 'paused', 'to come']

function stateLabel(row: Row): string {
  if (row.kind === 'upload') return UPLOAD_STATE_WORDS[row.state]
  if (isAsking(row)) return 'locked'
  return STATE_WORDS[row.job.state]
}

const UPLOAD_STATE_WORDS: Readonly<Record<UploadState, string>> = {
  waiting: 'to come',
  sending: 'uploading',
  paused: 'paused',
  offline: 'held up',
  unanswered: 'held up',
  lost: 'held up',
  refused: 'failed',
}

const STATE_WORDS: Readonly<Record<JobState, string>> = {
  queued: 'waiting',
  running: 'running',
  completed: 'done',
  failed: 'failed',
  cancelled: 'cancelled',
}

function sentence(row: Row): string {
  if (row.kind === 'upload') return `${row.fileName} was not accepted: ${row.error?.message ?? ''}`.trim()
  const { fileName, state, error } = row.job
  if (state === 'completed') {
    const [note] = resultNotes(row.job)
    return note?.severity === 'loss' ? `${fileName} is done: ${note.message}` : `${fileName} is done.`
  }
  return state === 'cancelled'
    ? `${fileName} is cancelled.`
    : `${fileName} failed: ${error?.message ?? ''}`.trim()
}

/** Whether this row has a field that waits for the user. */
export function isAsking(row: Row | undefined): boolean {
  return row?.kind === 'job' && row.job.needs !== null
}

function asked(locked: Rows): string {
  const [row] = locked
  if (locked.length > 1 || row?.kind !== 'job') return `${count(locked.length, 'file')} need their passwords.`
  const { fileName, error } = row.job
  return error ? `${fileName} needs its password: ${error.message}` : `${fileName} needs its password.`
}

function numbers(rows: Rows): string {
  return `${count(rows.length, 'file')} ended: ${summary(rows)}.`
}
