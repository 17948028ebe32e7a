import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { StallClock } from '#worker/watch/stall.ts'

const LIMIT = 60_000

describe('the stall clock', () => {
  it('runs out when neither progress nor the processor moved for the whole limit', () => {
    const clock = new StallClock(LIMIT, 0)
    assert.equal(clock.isStalled(200, 5000), false)
    assert.equal(clock.isStalled(LIMIT - 1, 5000), false)
    assert.equal(clock.isStalled(LIMIT, 5000), true)
  })

  it('starts again with each word of the engine', () => {
    const clock = new StallClock(LIMIT, 0)
    clock.isStalled(200, 5000)
    clock.progressed(50_000)
    assert.equal(clock.isStalled(LIMIT + 40_000, 5000), false)
    assert.equal(clock.isStalled(LIMIT + 50_000, 5000), true)
  })

  it('knows silent work by its use of the processor, however slow', () => {
    const clock = new StallClock(LIMIT, 0)
    let cpu = 0
    for (let now = 0; now < 10 * LIMIT; now += 200) {
      cpu += 200 * 0.05
      assert.equal(clock.isStalled(now, cpu), false)
    }
  })

  it('takes no timer’s wake-ups for work', () => {
    const clock = new StallClock(LIMIT, 0)
    const verdicts = Array.from({ length: 400 }, (_, look) => clock.isStalled(look * 200, look * 200 * 0.002))
    assert.equal(verdicts.indexOf(true), LIMIT / 200)
  })

  it('claims nothing where the use of the processor is not known', () => {
    const clock = new StallClock(LIMIT, 0)
    assert.equal(clock.isStalled(10 * LIMIT, undefined), false)
  })
})
