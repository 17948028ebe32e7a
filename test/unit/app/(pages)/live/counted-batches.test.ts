import assert from 'node:assert/strict'
import { test } from 'node:test'
import { groupsOf, totalOf } from '#app/(pages)/live/batch-group.ts'
import {
  batchesToFollow,
  countedBatches,
  withBatch,
  withoutBatch,
  withoutEstimates,
} from '#app/(pages)/live/counted-batches.ts'
import type { Rows } from '#app/(pages)/live/rows.ts'
import type { BatchView } from '#lib/vocabulary/batch.ts'
import { ENGLISH } from '../english.ts'
import { job, NOW, upload } from './samples.ts'

function batch(changes: Partial<BatchView> = {}): BatchView {
  return {
    id: 'batch-1',
    version: 1,
    total: 2,
    counts: { queued: 1, running: 0, completed: 1, failed: 0, cancelled: 0 },
    percent: 50,
    secondsLeft: 40,
    createdAt: '2026-11-20T11:59:00.000Z',
    statusUrl: '/api/batches/batch-1',
    zipUrl: '/api/batches/batch-1/result.zip',
    ...changes,
  }
}

function groupOf(rows: Rows, ...views: BatchView[]) {
  const counted = countedBatches(new Map(views.map(view => [view.id, view])), rows)
  const groups = groupsOf(rows, { now: NOW, texts: ENGLISH, counted })
  return { group: groups[0], total: totalOf(groups, counted, ENGLISH) }
}

const ROWS = [job({ id: 'a', state: 'completed' }), job({ id: 'b' })]

test('jobs that have no row are counted in their group and in the heading', () => {
  const counts = { queued: 101, running: 2, completed: 396, failed: 1, cancelled: 0 }
  const view = batch({ total: 500, counts, percent: 79.5 })
  const { group, total } = groupOf([...ROWS, job({ id: 'x', batchId: 'batch-2' })], view)
  assert.equal(group?.total, 500)
  assert.equal(group?.summary, '2\u00a0running, 101\u00a0waiting, 396\u00a0done, 1\u00a0failed')
  assert.equal(group?.percent, 79.5)
  assert.deepEqual(group?.actions, ['retry', 'download', 'cancel'])
  assert.equal(total.total, 501)
  assert.match(total.summary, /102\u00a0waiting/)
})

test('files that are still being sent count as not begun', () => {
  const view = batch({ total: 3, percent: 100, counts: { ...batch().counts, queued: 0, completed: 3 } })
  const { group } = groupOf([job({ id: 'a', state: 'completed' }), upload()], view)
  assert.equal(group?.percent, 75)
})

test('no time is promised where all that is left waits for a password', () => {
  const rows = [job({ id: 'a', state: 'completed' }), job({ id: 'b', needs: 'password' })]
  assert.equal(groupOf(rows, batch()).group?.secondsLeft, null)
  assert.equal(groupOf(ROWS, batch()).group?.secondsLeft, 40)
})

test('where the page has all jobs its rows decide, which are newer than what was counted', () => {
  const rows = [job({ id: 'a', state: 'completed' }), job({ id: 'b', state: 'completed' })]
  const { group } = groupOf(rows, batch())
  assert.deepEqual(
    [group?.total, group?.summary, group?.percent, group?.secondsLeft],
    [2, '2\u00a0done', 100, null],
  )
  assert.equal(groupOf(ROWS, batch()).group?.secondsLeft, 40)
})

test('an older view changes nothing, unless a job was deleted in between', () => {
  const known = withBatch(new Map(), batch({ version: 7 }))
  assert.equal(withBatch(known, batch({ version: 6 })).get('batch-1')?.version, 7)
  assert.equal(withBatch(withoutBatch(known, 'batch-1'), batch({ version: 6 })).get('batch-1')?.version, 6)
})

test('without a connection no time is promised', () => {
  const views = withoutEstimates(withBatch(new Map(), batch()))
  assert.equal(views.get('batch-1')?.secondsLeft, null)
  assert.equal(views.get('batch-1')?.total, 2)
})

test('batches are followed that wait for something, and the one that a full list cuts off', () => {
  const rows = [
    job({ id: 'a' }),
    upload({ batchId: 'batch-2' }),
    job({ id: 'b', batchId: 'batch-3', state: 'completed' }),
  ]
  assert.deepEqual(batchesToFollow(rows, 3), ['batch-1'])
  assert.deepEqual(batchesToFollow(rows, 2), ['batch-1', 'batch-3'])
})
