import assert from 'node:assert/strict'
import { it } from 'node:test'
import { systemClock } from '#lib/jobs/clock.ts'

const DAY_MS = 86_400_000
const LONGEST_TIMER_MS = 2 ** 31 - 1

it('the clock waits for months, though a timer cannot, and stops waiting when it is cancelled', t => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const started = t.mock.method(globalThis, 'setTimeout')
  let [ran, cancelled] = [0, 0]
  systemClock.after(100 * DAY_MS, () => ran++)
  const cancel = systemClock.after(50 * DAY_MS, () => cancelled++)
  t.mock.timers.tick(LONGEST_TIMER_MS)
  cancel()
  for (let tick = 1; tick < 4; tick++) t.mock.timers.tick(LONGEST_TIMER_MS)
  t.mock.timers.tick(100 * DAY_MS - 4 * LONGEST_TIMER_MS - 1)
  assert.deepEqual([ran, cancelled], [0, 0])
  t.mock.timers.tick(1)
  assert.deepEqual([ran, cancelled], [1, 0])
  const delays = started.mock.calls.map(({ arguments: [, ms] }) => ms ?? 0)
  assert.ok(delays.length > 2 && delays.every(ms => ms <= LONGEST_TIMER_MS))
})
