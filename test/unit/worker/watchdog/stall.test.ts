import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { StallClock } from '#worker/watchdog/stall.ts'

const LIMIT = 60_000
const STEP = 200

/** Looks as often as the watch does, from one moment to another; gives the moment at which it hangs, if it does. */
function lookUntil(
  clock: StallClock,
  [from, to]: [number, number],
  cpuMs: (now: number) => number | undefined,
) {
  for (let now = from; now <= to; now += STEP) if (clock.isStalled(now, cpuMs(now))) return now
  return undefined
}

describe('the stall clock', () => {
  it('runs out when neither progress nor the processor moved for the whole limit', () => {
    const clock = new StallClock(LIMIT, 0)
    assert.equal(
      lookUntil(clock, [0, 2 * LIMIT], () => 5000),
      LIMIT,
    )
  })

  it('starts again with each word of the engine', () => {
    const clock = new StallClock(LIMIT, 0)
    assert.equal(
      lookUntil(clock, [0, 50_000], () => 5000),
      undefined,
    )
    clock.progressed(50_000)
    assert.equal(
      lookUntil(clock, [50_000, 3 * LIMIT], () => 5000),
      LIMIT + 50_000,
    )
  })

  it('knows silent work by its use of the processor, however slow', () => {
    const clock = new StallClock(LIMIT, 0)
    assert.equal(
      lookUntil(clock, [0, 10 * LIMIT], now => now * 0.05),
      undefined,
    )
  })

  it('takes no timer’s wake-ups for work', () => {
    const clock = new StallClock(LIMIT, 0)
    assert.equal(
      lookUntil(clock, [0, 2 * LIMIT], now => now * 0.002),
      LIMIT,
    )
  })

  it('claims nothing where the use of the processor is not known', () => {
    const clock = new StallClock(LIMIT, 0)
    assert.equal(
      lookUntil(clock, [0, 10 * LIMIT], () => undefined),
      undefined,
    )
  })

  it('takes no time for silence in which nobody looked', () => {
    const clock = new StallClock(LIMIT, 0)
    assert.equal(
      lookUntil(clock, [0, 1000], () => 5000),
      undefined,
    )
    const woken = 100 * LIMIT
    assert.equal(clock.isStalled(woken, 5000), false)
    assert.ok((lookUntil(clock, [woken + STEP, woken + 2 * LIMIT], () => 5000) ?? 0) > woken + 0.9 * LIMIT)
  })
})
