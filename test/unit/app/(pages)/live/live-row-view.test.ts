import assert from 'node:assert/strict'
import { test } from 'node:test'
import { liveRowView } from '#app/(pages)/live/live-row-view.ts'
import { rowView } from '#app/(pages)/live/row-view.ts'
import { ENGLISH } from '../english.ts'
import { job, NOW, progress, upload } from './samples.ts'

const SLIDE = progress({ current: 2, total: 48, unit: 'slide', percent: 12, indeterminate: false })
const RUNNING = { state: 'running', attempt: 1, progress: { ...SLIDE, eta: { low: 6, high: 12 } } } as const
const silent = (row: Parameters<typeof liveRowView>[0], silence: 'offline' | 'unanswered' = 'unanswered') =>
  liveRowView(row, { now: NOW, silence, texts: ENGLISH })

test('in silence a running job says what was heard last, its bar stands still and nothing is promised', () => {
  const { message, tone, bar } = silent(job(RUNNING))
  assert.equal(message, 'The server does not answer. Last seen: Slide 2 of 48')
  assert.deepEqual([tone, bar], ['wait', { kind: 'still', percent: 12 }])
  const loading = job({ ...RUNNING, progress: progress({ phase: 'loading' }) })
  assert.deepEqual(silent(loading).bar, { kind: 'waiting', percent: null })
})

test('without a network a waiting job says so, and neither counts down nor promises a start', () => {
  const queue = { position: 3, ahead: 2, startsInS: 40, workers: 'ready' } as const
  assert.equal(silent(job({ queue }), 'offline').message, 'You are offline. Last seen: 2 ahead of you')
  const between = job({ attempt: 1, runAt: '2026-11-20T12:00:07.400Z' })
  assert.equal(silent(between, 'offline').message, 'You are offline. Last seen: Waiting')
})

test('what has ended, what waits for its password and what is uploaded looks the same in silence', () => {
  for (const row of [job({ state: 'failed' }), job({ needs: 'password' }), upload({ sent: 400 })])
    assert.deepEqual(silent(row), rowView(row, NOW, ENGLISH))
})
