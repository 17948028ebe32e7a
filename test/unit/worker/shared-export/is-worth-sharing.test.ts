import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isWorthFromStart, isWorthSharing } from '#worker/shared-export/is-worth-sharing.ts'

test('46 heavy slides are worth a second engine after the first, 5 s of which loading takes 2 are not', () => {
  const heavy = { loadMs: 2000, exportMs: 900, done: 1, total: 46 }
  assert.equal(isWorthSharing(heavy), true)
  assert.equal(isWorthSharing({ loadMs: 2200, exportMs: 600, done: 4, total: 20 }), false)
})

test('a document near its end is not worth it, however long it took', () => {
  assert.equal(isWorthSharing({ loadMs: 2000, exportMs: 60_000, done: 60, total: 64 }), false)
})

test('a first page that was drawn at once says nothing yet', () => {
  assert.equal(isWorthSharing({ loadMs: 10, exportMs: 100, done: 1, total: 500 }), false)
})

test('a document of which earlier ones took long is shared from its start, where most of that was export', () => {
  assert.equal(isWorthFromStart({ seconds: 20, loadShare: 0.3 }), true)
  assert.equal(isWorthFromStart({ seconds: 20, loadShare: 0.9 }), false)
  assert.equal(isWorthFromStart({ seconds: 3, loadShare: 0.1 }), false)
})
