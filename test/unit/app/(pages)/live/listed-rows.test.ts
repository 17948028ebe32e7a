import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keptRows, listedBatches } from '#app/(pages)/live/listed-rows.ts'
import { ALL_JOBS } from '#app/(pages)/live/pending-deletions.ts'
import { job, upload } from './samples.ts'

const deletion = (key: string) => ({ key, sentence: key, what: key })
const ROWS = [job({ id: 'a' }), job({ id: 'b' }), job({ id: 'c', batchId: 'batch-2' }), upload({ key: 'd' })]

/** For each batch its own deletion and those of its rows. */
const listed = (...keys: string[]) =>
  listedBatches(ROWS, { deletions: keys.map(deletion), cleared: new Set() }).map(
    ({ batchId, deletion, rows }) => [
      batchId,
      deletion?.key ?? null,
      rows.map(({ row, deletion }) => (deletion ? `undo ${deletion.key}` : row.key)),
    ],
  )

test('what is deleted keeps its place in the list while that can be undone', () => {
  assert.deepEqual(listed('b'), [
    ['batch-1', null, ['a', 'undo b', 'd']],
    ['batch-2', null, ['c']],
  ])
  assert.deepEqual(listed('batch-1')[0]?.slice(0, 2), ['batch-1', 'batch-1'])
  assert.deepEqual(listed(ALL_JOBS), [])
})

test('what is deleted counts no more, neither does what was deleted for good', () => {
  const receipt = { at: '', by: 'owner', source: null, result: null } as never
  const rows = [...ROWS, job({ id: 'e', receipt })]
  const kept = (...keys: string[]) =>
    keptRows(listedBatches(rows, { deletions: keys.map(deletion), cleared: new Set() })).map(({ key }) => key)
  assert.deepEqual(kept('b'), ['a', 'd', 'c'])
  assert.deepEqual(kept('batch-1'), ['c'])
})

test('what was cleared is not listed, but is again while it converts again', () => {
  const rows = [job({ id: 'a', state: 'completed' }), job({ id: 'b', state: 'running' }), job({ id: 'c' })]
  const unlisted = { deletions: [], cleared: new Set(['a', 'b']) }
  assert.deepEqual(
    keptRows(listedBatches(rows, unlisted)).map(({ key }) => key),
    ['b', 'c'],
  )
})
