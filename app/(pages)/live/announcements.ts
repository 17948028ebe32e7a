/** The announcements for screen readers: starts and ends of jobs only, never ticks. Pure. */
import { isTerminal, type JobState } from '#lib/vocabulary/job.ts'
import { errorText, noteText } from '../messages/error-text.ts'
import type { Texts } from '../messages/texts.ts'
import { resultNotes } from './result-notes.ts'
import type { Row, Rows, UploadState } from './rows.ts'

/** Above this number only the count is announced. */
const ANNOUNCED_BY_NAME = 3

/**
 * The changes between two states of the rows, in one sentence or more; null where there are none. What was not there
 * before was added by the user.
 */
export function announcements(before: Rows, after: Rows, texts: Texts): string | null {
  const { t } = texts
  const known = new Map(before.map(row => [row.key, row]))
  const added = after.filter(row => !known.has(row.key) && !isFinished(row)).length
  const ends = after.filter(row => {
    const old = known.get(row.key)
    return isFinished(row) && !(old && isFinished(old))
  })
  const locked = after.filter(row => isAsking(row) && !isAsking(known.get(row.key)))
  const parts = added ? [t('announced.added', { n: added })] : []
  parts.push(
    ...(ends.length > ANNOUNCED_BY_NAME ? [numbers(texts, ends)] : ends.map(row => sentence(texts, row))),
  )
  if (locked.length > 0) parts.push(asked(texts, locked))
  return parts.length ? parts.join(t('page.sentences')) : null
}

/** Jobs by state. */
export type StateCounts = Readonly<Partial<Record<JobState, number>>>

/** The summary of the rows, and of jobs without one, for the heading: `2 uploading, 96 to come, 1 running`. */
export function summary({ t }: Texts, rows: Rows, others: StateCounts = {}): string {
  const counts = new Map<Standing, number>()
  const add = (one: Standing, count: number) => counts.set(one, (counts.get(one) ?? 0) + count)
  for (const row of rows) add(standingOf(row), 1)
  for (const [state, count] of Object.entries(others)) add(OF_JOBS[state as JobState], count)
  // A non-breaking space keeps a number and its word on one line.
  return STANDINGS.flatMap(one => {
    const n = counts.get(one)
    return n === undefined ? [] : [t(`summary.${one}`, { n }).replaceAll(' ', '\u00a0')]
  }).join(t('page.comma'))
}

/** Whether this row stays as it is unless the user acts. */
export function isFinished(row: Row): boolean {
  return row.kind === 'upload' ? row.state === 'refused' : isTerminal(row.job.state)
}

/** Whether this row will end by itself: nobody knows when the user gives it what it waits for. */
export function goesOnAlone(row: Row): boolean {
  if (row.kind === 'upload') return !['paused', 'lost', 'refused'].includes(row.state)
  return !isFinished(row) && !isAsking(row)
}

/** Whether these are the same rows in the same states; progress is none. */
export function isSameStanding(before: Rows, after: Rows): boolean {
  return (
    before.length === after.length &&
    after.every((row, index) => {
      const old = before[index]
      return old === row || (old?.key === row.key && standingOf(old) === standingOf(row))
    })
  )
}

/** In the order in which they are told. */
const STANDINGS = [
  ...(['uploading', 'heldUp', 'paused', 'toCome'] as const),
  ...(['running', 'waiting', 'locked', 'done', 'failed', 'cancelled'] as const),
]

type Standing = (typeof STANDINGS)[number]

function standingOf(row: Row): Standing {
  if (row.kind === 'upload') return OF_UPLOADS[row.state]
  if (isAsking(row)) return 'locked'
  return OF_JOBS[row.job.state]
}

const OF_UPLOADS: Readonly<Record<UploadState, Standing>> = {
  waiting: 'toCome',
  sending: 'uploading',
  paused: 'paused',
  offline: 'heldUp',
  unanswered: 'heldUp',
  lost: 'heldUp',
  refused: 'failed',
}

const OF_JOBS: Readonly<Record<JobState, Standing>> = {
  queued: 'waiting',
  running: 'running',
  completed: 'done',
  failed: 'failed',
  cancelled: 'cancelled',
}

function sentence(texts: Texts, row: Row): string {
  const { error, fileName: name } = row.kind === 'upload' ? row : row.job
  const reason = error ? errorText(texts, error).message : ''
  if (row.kind === 'upload') return texts.t('announced.notAccepted', { name, reason }).trim()
  const { state } = row.job
  if (state === 'cancelled') return texts.t('announced.cancelled', { name })
  if (state !== 'completed') return texts.t('announced.failed', { name, reason }).trim()
  const [note] = resultNotes(row.job)
  return note?.severity === 'loss'
    ? texts.t('announced.doneWithLoss', { name, reason: noteText(texts, note).message })
    : texts.t('announced.done', { name })
}

/** Whether this row has a field that waits for the user. */
function isAsking(row: Row | undefined): boolean {
  return row?.kind === 'job' && row.job.needs !== null
}

function asked(texts: Texts, locked: Rows): string {
  const [row] = locked
  if (locked.length > 1 || row?.kind !== 'job')
    return texts.t('announced.needPasswords', { n: locked.length })
  const { fileName: name, error } = row.job
  if (!error) return texts.t('announced.needsPassword', { name })
  return texts.t('announced.needsPasswordAgain', { name, reason: errorText(texts, error).message })
}

function numbers(texts: Texts, rows: Rows): string {
  return texts.t('announced.ended', { n: rows.length, summary: summary(texts, rows) })
}

/** That these files are on the way already; empty without any. */
export function onTheWay({ t }: Texts, fileNames: readonly string[]): string {
  const [name = ''] = fileNames
  const { length: n } = fileNames
  if (n === 0) return ''
  return n === 1 ? t('upload.oneOnTheWay', { name }) : t('upload.onTheWay', { n })
}
