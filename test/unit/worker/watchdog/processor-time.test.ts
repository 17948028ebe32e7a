import assert from 'node:assert/strict'
import { it } from 'node:test'
import { ProcessorTime } from '#worker/watchdog/processor-time.ts'

it('counts what one program uses, and then the next', () => {
  const time = new ProcessorTime()
  for (const ms of [0, 100, 300]) time.sees(ms)
  assert.equal(time.usedMs, 300)
  time.ended()
  time.sees(50)
  assert.equal(time.usedMs, 350)
})

it('never goes back while a child ends whose time its parent does not have yet', () => {
  const time = new ProcessorTime()
  for (const ms of [500, 120]) time.sees(ms)
  assert.equal(time.usedMs, 500)
})

it('prefers a program’s own total to the last measurement, unless it is less', () => {
  const time = new ProcessorTime()
  time.sees(100)
  time.ended(180)
  assert.equal(time.usedMs, 180)
  time.sees(100)
  time.ended(20)
  assert.equal(time.usedMs, 280)
})
