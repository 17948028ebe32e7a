import assert from 'node:assert/strict'
import { test } from 'node:test'
import { announcements, summary } from '#app/(pages)/live/announcements.ts'
import { note, noteView } from '#lib/vocabulary/notes.ts'
import { ENGLISH } from '../english.ts'
import { job, progress, upload } from './samples.ts'

const CRASHED = { code: 'engine_crashed', message: 'It stopped.', nextStep: 'Try again.', retryable: true }

test('added files are told, whether they are jobs by then or not', () => {
  assert.equal(announcements([], [upload(), upload({ key: 'upload-2' })], ENGLISH), '2 files added.')
  assert.equal(announcements([], [job(), upload()], ENGLISH), '2 files added.')
})

test('progress is not told', () => {
  const before = job({ state: 'running', version: 2, progress: progress({ percent: 10 }) })
  const after = job({ state: 'running', version: 3, progress: progress({ percent: 20 }) })
  assert.equal(announcements([before], [after], ENGLISH), null)
})

test('every end is told by name', () => {
  const before = [job({ id: 'a', fileName: 'a.odt' }), job({ id: 'b', fileName: 'b.odt' }), upload()]
  const after = [
    job({ id: 'a', fileName: 'a.odt', state: 'completed' }),
    job({ id: 'b', fileName: 'b.odt', state: 'failed', error: CRASHED }),
    upload({ state: 'refused', error: CRASHED }),
  ]
  assert.equal(
    announcements(before, after, ENGLISH),
    'a.odt is done. b.odt failed: It stopped. deck.pptx was not accepted: It stopped.',
  )
})

test('what a result lost is told with its end', () => {
  const seconds = { loading: null, exporting: null, total: 1 }
  const notes = [noteView(note('media_left_out', { count: 2 }))]
  const lost = job({ state: 'completed', report: { engine: '', seconds, notes } })
  assert.equal(announcements([job()], [lost], ENGLISH), 'deck.pptx is done: 2 sounds or films were left out.')
})

test('many ends at once are told as numbers', () => {
  const ids = ['a', 'b', 'c', 'd']
  const before = ids.map(id => job({ id, state: 'running' }))
  const after = ids.map(id => job({ id, state: id === 'd' ? 'failed' : 'completed' }))
  assert.equal(announcements(before, after, ENGLISH), '4 files ended: 3\u00a0done, 1\u00a0failed.')
})

test('the heading counts in the order of a job’s life', () => {
  const rows = [
    job({ id: 'a', state: 'completed' }),
    job({ id: 'b' }),
    job({ id: 'c', state: 'running' }),
    upload(),
  ]
  assert.equal(summary(ENGLISH, rows).replaceAll('\u00a0', ' '), '1 uploading, 1 running, 1 waiting, 1 done')
})

test('what is sent now is counted apart from what is to come and from what is held up', () => {
  const states = [
    'sending',
    'sending',
    'waiting',
    'paused',
    'offline',
    'unanswered',
    'lost',
    'refused',
  ] as const
  const rows = states.map((state, n) => upload({ key: `${n}`, state }))
  assert.equal(
    summary(ENGLISH, rows).replaceAll('\u00a0', ' '),
    '2 uploading, 3 held up, 1 paused, 1 to come, 1 failed',
  )
})

test('files that are refused when they are dropped are not told of as added', () => {
  const refused = upload({ key: 'a', state: 'refused', error: CRASHED })
  assert.equal(
    announcements([], [upload(), refused], ENGLISH),
    '1 file added. deck.pptx was not accepted: It stopped.',
  )
})

test('a locked file is told of when it asks, and counted apart', () => {
  const [one, other] = [job({ id: 'a' }), job({ id: 'b' })]
  const [locked, another] = [job({ id: 'a', needs: 'password' }), job({ id: 'b', needs: 'password' })]
  assert.equal(announcements([one, other], [locked, other], ENGLISH), 'deck.pptx needs its password.')
  assert.equal(announcements([one, other], [locked, another], ENGLISH), '2 files need their passwords.')
  assert.equal(announcements([locked], [locked], ENGLISH), null)
  assert.equal(summary(ENGLISH, [locked, other]), '1\u00a0waiting, 1\u00a0locked')
})
