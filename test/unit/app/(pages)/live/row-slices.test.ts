import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RowSlices, SLICE } from '#app/(pages)/live/row-slices.ts'

const slices = () => new RowSlices<number>((one, other) => one === other)
/** So many rows that all show this number. */
const rows = (all: number, value: number) =>
  new Map(Array.from({ length: all }, (_, index) => [`row-${index}`, value]))
const showing = (shown: ReadonlyMap<string, number>, value: number) =>
  [...shown.values()].filter(shows => shows === value).length

test('a few changes are shown at once', () => {
  const list = slices()
  assert.deepEqual(list.next(rows(3, 1)), { shown: rows(3, 1), isWhole: true })
  const changed = rows(3, 1).set('row-2', 2)
  assert.deepEqual(list.next(changed), { shown: changed, isWhole: true })
})

test('hundreds of rows come from the top, one slice after another', () => {
  const list = slices()
  const wanted = rows(2 * SLICE + 1, 1)
  const first = list.next(wanted)
  assert.deepEqual([...first.shown.keys()], [...wanted.keys()].slice(0, SLICE))
  assert.equal(first.isWhole, false)
  assert.equal(list.next(wanted).shown.size, 2 * SLICE)
  assert.deepEqual(list.next(wanted), { shown: wanted, isWhole: true })
})

test('a row that waits for its slice shows what it showed', () => {
  const list = slices()
  const all = 2 * SLICE
  list.next(rows(all, 1))
  list.next(rows(all, 1))
  const { shown, isWhole } = list.next(rows(all, 2))
  assert.equal(isWhole, false)
  assert.equal(showing(shown, 2), SLICE)
  assert.equal(showing(shown, 1), SLICE)
  assert.deepEqual(list.next(rows(all, 2)), { shown: rows(all, 2), isWhole: true })
})

test('a row that is gone is gone at once', () => {
  const list = slices()
  list.next(rows(3, 1))
  assert.deepEqual(list.next(rows(1, 1)), { shown: rows(1, 1), isWhole: true })
})
