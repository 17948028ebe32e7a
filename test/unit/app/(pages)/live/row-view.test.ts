import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rowView as viewOf } from '#app/(pages)/live/row-view.ts'
import type { Row, UploadState } from '#app/(pages)/live/rows.ts'
import type { QueuePosition } from '#lib/vocabulary/job.ts'
import { type Note, note, noteView } from '#lib/vocabulary/notes.ts'
import { ENGLISH } from '../english.ts'
import { job, NOW, progress, upload } from './samples.ts'

const RESULT = { fileName: 'deck.pdf', bytes: 1_234_567, pages: 40, sha256: '00' }
const CRASHED = { code: 'engine_crashed', message: 'It stopped.', nextStep: 'Try again.', retryable: true }
const DONE = {
  state: 'completed',
  result: RESULT,
  startedAt: '2026-11-20T11:59:10.000Z',
  finishedAt: '2026-11-20T11:59:13.100Z',
} as const

const rowView = (row: Row, now: number) => viewOf(row, now, ENGLISH)

test('an upload says how far it is, in the unit of the whole', () => {
  const { message: say, bar, actions } = rowView(upload({ sent: 18_000_000, bytes: 45_000_000 }), NOW)
  assert.equal(say, 'Uploading 40 %, 18 of 45 MB')
  assert.deepEqual(bar, { kind: 'upload', percent: 40 })
  assert.deepEqual(actions, ['pause', 'cancel'])
})

test('an upload that stands still says why, and what goes on by itself offers no button for it', () => {
  const still = (state: UploadState) => {
    const { message: say, detail, actions } = rowView(upload({ state, sent: 405 }), NOW)
    return [say, detail, actions.join()]
  }
  assert.deepEqual(still('paused'), ['Paused at 40 %', null, 'resume,cancel'])
  assert.deepEqual(still('offline'), ['Waiting for the network, 40 % sent', null, 'pause,cancel'])
  assert.deepEqual(still('unanswered'), ['Waiting for the server, 40 % sent', null, 'pause,cancel'])
  const [say, detail, actions] = still('lost')
  assert.deepEqual([say, actions], ['Stopped at 40 %', 'choose,cancel'])
  assert.match(detail ?? '', /Choose it again/)
})

test('a locked file asks for its password, and says what became of the last one', () => {
  const locked = rowView(job({ needs: 'password' }), NOW)
  assert.deepEqual([locked.state, locked.bar, locked.actions], ['queued', null, ['unlock', 'cancel']])
  assert.equal(locked.message, 'This file is locked with a password.')
  assert.match(locked.detail ?? '', /^Enter its password to convert it\. Kept for /)
  const error = { code: 'password_asked_again', message: 'Wrong.', nextStep: 'Again.', retryable: false }
  const { message, detail } = rowView(job({ needs: 'password', error }), NOW)
  assert.deepEqual([message, detail], ['Wrong.', 'Again.'])
})

test('an upload whose bytes have all left waits without a percentage', () => {
  assert.deepEqual(rowView(upload({ sent: 1000 }), NOW).bar, { kind: 'upload', percent: null })
})

test('a refused upload says why and what to do, and is sent again only where that can help', () => {
  const lasting = { ...CRASHED, retryable: false }
  const { message: say, detail, actions } = rowView(upload({ state: 'refused', error: lasting }), NOW)
  assert.deepEqual([say, detail, actions], ['It stopped.', 'Try again.', ['remove']])
  assert.deepEqual(rowView(upload({ state: 'refused', error: CRASHED }), NOW).actions, ['resend', 'remove'])
})

test('a waiting job says its place, and when it starts where that is known and not at once', () => {
  const waits = (
    ahead: number | null,
    startsInS: number | null,
    workers: QueuePosition['workers'] = 'ready',
  ) => {
    const position = ahead === null ? null : ahead + 1
    return rowView(job({ queue: { position, ahead, startsInS, workers } }), NOW).message
  }
  assert.equal(waits(2, null), '2 ahead of you')
  assert.equal(waits(2, 40), '2 ahead of you, starts in about 40 s')
  assert.equal(waits(2, 120), '2 ahead of you, starts in about 2 min')
  assert.equal(waits(2, 3 * 3600), '2 ahead of you, starts in about 3 h')
  assert.equal(waits(0, 0), 'Next')
  assert.equal(waits(0, 5), 'Next, starts in about 5 s')
  assert.equal(waits(null, null), 'Waiting')
  assert.equal(waits(null, 40), 'Waiting, starts in about 40 s')
  assert.equal(rowView(job(), NOW).message, 'Waiting')
  assert.equal(waits(0, null, 'starting'), 'Next, starting the converter')
  assert.equal(waits(null, null, 'starting'), 'Waiting, starting the converter')
  assert.equal(waits(2, null, 'none'), '2 ahead of you, no converter is ready')
  assert.equal(waits(0, null, 'paused'), 'Next, conversions are paused')
})

test('a job between two attempts says when the next one comes, and then that it waits', () => {
  const between = job({ attempt: 1, runAt: '2026-11-20T12:00:07.400Z' })
  assert.equal(rowView(between, NOW).message, 'Trying again in 8 s (attempt 2 of 3)')
  assert.equal(rowView(between, NOW + 10_000).message, 'Waiting')
})

test('a running job says its phase, then its slide; without a percentage its bar is indeterminate', () => {
  const running = (changes: Parameters<typeof progress>[0]) =>
    rowView(job({ state: 'running', attempt: 1, progress: progress(changes) }), NOW)
  assert.equal(rowView(job({ state: 'running', attempt: 1 }), NOW).message, 'Starting')
  assert.equal(running({ phase: 'loading' }).message, 'Loading')
  assert.equal(running({ phase: 'storing' }).message, 'Storing')
  assert.equal(running({}).message, 'Converting')
  assert.deepEqual(running({ phase: 'loading' }).bar, { kind: 'work', percent: null })
  const slide = running({ current: 12, total: 40, unit: 'slide', percent: 46, indeterminate: false })
  assert.deepEqual([slide.message, slide.bar], ['Slide 12 of 40', { kind: 'work', percent: 46 }])
})

test('a later attempt says which it is', () => {
  assert.equal(rowView(job({ state: 'running', attempt: 2 }), NOW).message, 'Starting (attempt 2 of 3)')
})

test('a result that the storage has lost is not offered, but named with what to do', () => {
  const result = { ...RESULT, lost: true as const }
  const view = rowView(job({ ...DONE, result }), NOW)
  assert.deepEqual(
    [view.tone, view.message, view.actions],
    ['bad', 'The result is missing on the server', ['delete']],
  )
  assert.match(
    view.detail ?? '',
    /^Choose “Convert to something else” on its page, or send the document again\. Kept for/,
  )
  const expired = rowView(job({ ...DONE, result, expiresAt: '2026-11-20T11:00:00.000Z' }), NOW)
  assert.match(expired.detail ?? '', /^The result was deleted/)
})

test('a completed job says size, pages, time and when it is deleted', () => {
  const { message: say, detail, tone, actions, bar } = rowView(job(DONE), NOW)
  assert.deepEqual(
    [say, detail, tone, bar],
    ['Done, 1.2 MB, 40 pages, 3.1 s', 'Kept for another 23 h', 'good', null],
  )
  assert.deepEqual(actions, ['download', 'link', 'delete'])
})

const report = (...notes: Note[]) => ({
  engine: 'LibreOffice 7.4',
  seconds: { loading: null, exporting: null, total: 3 },
  notes: notes.map(noteView),
})

test('a result that is not as its source is amber and says so, the most serious first; the rest is good', () => {
  const looks = (...notes: Note[]) => {
    const { tone, message: say, note, detail } = rowView(job({ ...DONE, report: report(...notes) }), NOW)
    assert.equal(detail, 'Kept for another 23 h')
    return [tone, say.startsWith('Done, but not everything is in it, 1.2 MB'), note?.code]
  }
  assert.deepEqual(looks(note('media_left_out'), note('repaired'), note('links_held')), [
    'loss',
    true,
    'media_left_out',
  ])
  assert.deepEqual(looks(note('repaired'), note('links_held')), ['changed', false, 'repaired'])
  assert.deepEqual(looks(note('hidden_slides_left_out')), ['changed', false, 'hidden_slides_left_out'])
  assert.deepEqual(looks(note('links_held')), ['good', false, undefined])
  assert.deepEqual(looks(), ['good', false, undefined])
})

test('a row says one note and how many more there are of what it would say', () => {
  const notes = [
    note('result_blank'),
    note('font_replaced'),
    note('hidden_slides_left_out'),
    note('links_held'),
  ]
  const view = rowView(job({ ...DONE, report: report(...notes) }), NOW)
  assert.deepEqual([view.note?.code, view.furtherNotes], ['result_blank', 2])
})

test('a deleted result is not told of', () => {
  const lost = { ...DONE, report: report(note('media_left_out')) }
  const { tone, note: told } = rowView(job({ ...lost, result: null }), NOW)
  assert.deepEqual([tone, told], ['plain', undefined])
})

test('a result that is deleted or over its time is not offered', () => {
  assert.deepEqual(rowView(job({ ...DONE, result: null }), NOW).actions, ['delete'])
  const late = rowView(job(DONE), NOW + 86_400_000)
  assert.deepEqual(late.actions, ['delete'])
  assert.match(late.detail ?? '', /^The result was deleted/)
})

test('a file that other settings would let through offers them instead of another try', () => {
  const error = {
    code: 'no_such_page',
    message: 'There is no page 9.',
    nextStep: 'Choose.',
    retryable: false,
  }
  assert.deepEqual(rowView(job({ state: 'failed', error }), NOW).actions, ['change', 'delete'])
  const merged = job({ state: 'failed', error, sources: [] })
  assert.deepEqual(rowView(merged, NOW).actions, ['retry', 'delete'])
  const refused = upload({ state: 'refused', error: { ...error, code: 'unsupported_target' } })
  const { detail, actions } = rowView(refused, NOW)
  assert.deepEqual([detail, actions], [null, ['change', 'remove']], 'the targets are buttons, not a sentence')
})

test('a failed job says what happened and what to do, and offers another try until its file is deleted', () => {
  const { message: say, detail, tone, actions } = rowView(job({ state: 'failed', error: CRASHED }), NOW)
  assert.deepEqual([say, detail, tone], ['It stopped.', 'Try again.', 'bad'])
  assert.deepEqual(actions, ['retry', 'delete'])
  const lasting = job({ state: 'failed', error: { ...CRASHED, retryable: false } })
  assert.deepEqual(rowView(lasting, NOW).actions, ['retry', 'delete'])
  assert.deepEqual(rowView(lasting, NOW + 86_400_000).actions, ['delete'])
})

test('a cancelled job can be tried again until its file is deleted', () => {
  const cancelled = job({ state: 'cancelled' })
  assert.deepEqual(rowView(cancelled, NOW).actions, ['retry', 'delete'])
  assert.deepEqual(rowView(cancelled, NOW + 86_400_000).actions, ['delete'])
})

test('a running job says how long it may still take, where history knows', () => {
  const left = (low: number, high: number) => {
    const eta = {
      eta: { low, high },
      current: 12,
      total: 40,
      unit: 'slide',
      percent: 46,
      indeterminate: false,
    } as const
    return rowView(job({ state: 'running', attempt: 1, progress: progress(eta) }), NOW).message
  }
  assert.equal(left(6.2, 11.8), 'Slide 12 of 40, 6 to 12 s left')
  assert.equal(left(7.6, 8.4), 'Slide 12 of 40, about 8 s left')
  assert.equal(left(60, 170), 'Slide 12 of 40, 1 to 3 min left')
})

test('a purged job is a receipt: it says that it was deleted, and offers nothing', () => {
  const receipt = {
    ...({ by: 'owner', deletedAt: '2026-11-20T12:00:00.000Z' } as const),
    ...{ source: { bytes: 1, sha256: '00' }, result: null },
  }
  for (const state of ['completed', 'failed', 'cancelled'] as const) {
    const { message, actions } = rowView(job({ state, receipt, fileName: '' }), NOW)
    assert.deepEqual([message, actions], ['Deleted on request', []])
  }
})
