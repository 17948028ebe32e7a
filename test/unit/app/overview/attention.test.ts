import assert from 'node:assert/strict'
import { it } from 'node:test'
import { attentionTo, type Observed } from '#app/overview/attention.ts'
import { workerRow } from '#app/overview/worker-row.ts'
import { WORKER_DRAINED, WORKER_STOPPED } from '#lib/worker-activity.ts'

const NOW = Date.parse('2026-11-30T12:00:00Z')
const ago = (seconds: number) => new Date(NOW - seconds * 1000)
const status = { worker: 'host/1', slots: 1, ready: true, trouble: null }
const stats = {
  ...{ queued: 0, running: 0, dead: 0, exact: true, oldestQueuedAt: null, pausedSince: null },
  workers: [status],
}
const WELL: Observed = {
  now: NOW,
  stats,
  workers: [{ ...status, seenAt: ago(4) }],
  runs: [{ schedule: 'expired', startedAt: ago(60), tookMs: 5, error: null }],
  freeBytes: 10e9,
  reserveBytes: 1e9,
}
const kinds = (changes: Partial<Observed>) => attentionTo({ ...WELL, ...changes }).map(({ kind }) => kind)

it('says nothing while all is well', () => {
  assert.deepEqual(attentionTo(WELL), [])
  assert.deepEqual(kinds({ freeBytes: null }), [], 'a bucket has no limit')
})

it('says what is wrong, the most urgent first', () => {
  const troubled = { ...status, ready: false, trouble: 'bubblewrap is missing' }
  assert.deepEqual(attentionTo({ ...WELL, stats: { ...stats, workers: [troubled] } }), [
    { kind: 'noWorker', trouble: 'bubblewrap is missing' },
  ])
  assert.deepEqual(
    kinds({
      stats: { ...stats, dead: 3, oldestQueuedAt: ago(601), pausedSince: ago(700), workers: [] },
      workers: [{ ...status, seenAt: ago(11) }],
      runs: [{ schedule: 'orphans', startedAt: ago(60), tookMs: 5, error: 'the disk is full' }],
      freeBytes: 1.5e9,
    }),
    ['noWorker', 'workerSilent', 'paused', 'diskLow', 'oldestWaits', 'deadLetters', 'scheduleFailed'],
  )
})

it('tells the self-check apart from other schedules, because its run is one of a document', () => {
  const run = { schedule: 'self-check', startedAt: ago(60), tookMs: 5 }
  assert.deepEqual(attentionTo({ ...WELL, runs: [{ ...run, error: 'wrong_text' }] }), [
    { kind: 'selfCheckFailed', problem: 'wrong_text' },
  ])
  assert.deepEqual(kinds({ runs: [{ ...run, error: null }] }), [])
})

it('calls a worker silent within 15 s, and one that said so stopped', () => {
  const condition = (changes: object) => workerRow({ ...status, seenAt: ago(4), ...changes }, NOW).condition
  assert.equal(condition({}), 'ready')
  assert.equal(condition({ seenAt: ago(11) }), 'silent')
  assert.equal(condition({ seenAt: ago(100), ready: false, trouble: WORKER_STOPPED }), 'stopped')
  assert.equal(condition({ ready: false, trouble: WORKER_DRAINED }), 'drained')
  assert.equal(condition({ ready: false, trouble: 'no sandbox' }), 'notReady')
})
