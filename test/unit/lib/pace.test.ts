import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { paceOf, timeLeft } from '#lib/pace.ts'

const finished = (loadMs: number, exportMs: number, bytes = 1000) => ({ loadMs, exportMs, bytes })
const alike = [4, 5, 6, 7, 8].map(seconds => finished(seconds * 600, seconds * 400))

describe('the pace of a job', () => {
  it('is learned from finished ones, and from too few not at all', () => {
    assert.deepEqual(paceOf(alike, 1000), { loadShare: 0.6, seconds: { low: 4, high: 7 } })
    assert.deepEqual(paceOf(alike.slice(1), 1000), { loadShare: null, seconds: null })
  })

  it('takes its time from jobs of like size only, and its share from all', () => {
    assert.deepEqual(paceOf(alike, 2001), { loadShare: 0.6, seconds: null })
    assert.deepEqual(paceOf(alike, 2000).seconds, { low: 4, high: 7 })
  })

  it('says no time where like jobs took too different ones', () => {
    const wild = [1, 1, 9, 30, 60].map(seconds => finished(seconds * 500, seconds * 500))
    assert.equal(paceOf(wild, 1000).seconds, null)
  })
})

describe('the time left', () => {
  const pace = { loadShare: 0.5, seconds: { low: 10, high: 20 } }

  it('shrinks with what is done', () => {
    assert.deepEqual(timeLeft(pace, { percent: 50, elapsedMs: 7000 }), { low: 5, high: 10 })
  })

  it('widens when this job is slower than the others were', () => {
    assert.deepEqual(timeLeft(pace, { percent: 50, elapsedMs: 15_000 }), { low: 5, high: 15 })
    assert.equal(
      timeLeft(pace, { percent: 50, elapsedMs: 60_000 }),
      undefined,
      'a range of 5 to 60 tells nothing',
    )
  })

  it('says nothing without a percentage, without history, and in the last moments', () => {
    assert.equal(timeLeft(pace, { percent: null, elapsedMs: 0 }), undefined)
    assert.equal(timeLeft({ loadShare: null, seconds: null }, { percent: 50, elapsedMs: 1000 }), undefined)
    assert.equal(timeLeft(pace, { percent: 95, elapsedMs: 15_000 }), undefined)
  })
})
