import assert from 'node:assert/strict'
import { it } from 'node:test'
import { BOUNDS_S, bucketOf, emptyHistogram, quantile, sumOf } from '#lib/statistics/histogram.ts'

it('has each duration in one bucket, the longest in the last', () => {
  assert.equal(bucketOf(0), 0)
  assert.equal(bucketOf(0.1), 1)
  assert.equal(bucketOf(1e9), BOUNDS_S.length)
})

it('tells quantiles within their bucket, and none of nothing', () => {
  assert.equal(quantile(emptyHistogram(), 0.5), null)
  const counts = emptyHistogram()
  counts[bucketOf(1.5)] = 10
  assert.equal(quantile(counts, 0.5), 1.5)
  counts[bucketOf(40)] = 1
  const p95 = quantile(counts, 0.95) ?? 0
  assert.ok(p95 > 30 && p95 <= 60)
  const longest = emptyHistogram()
  longest[BOUNDS_S.length] = 1
  assert.equal(quantile(longest, 0.5), 3600)
})

it('adds up', () => {
  const one = emptyHistogram()
  one[2] = 3
  assert.equal(sumOf([one, one])[2], 6)
  assert.deepEqual(sumOf([]), emptyHistogram())
})
