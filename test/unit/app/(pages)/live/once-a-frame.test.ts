import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onceAFrame } from '#app/(pages)/live/once-a-frame.ts'

/** A window whose frames come when the test says so. */
function frames() {
  const waiting = new Map<number, () => void>()
  let last = 0
  Object.assign(globalThis, {
    requestAnimationFrame: (run: () => void) => {
      waiting.set(++last, run)
      return last
    },
    cancelAnimationFrame: (id: number) => waiting.delete(id),
  })
  return () => {
    for (const run of [...waiting.values()]) run()
  }
}

test('many calls before a frame are one, and a later call is another', t => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const nextFrame = frames()
  let runs = 0
  const ask = onceAFrame(() => runs++)
  for (let call = 0; call < 20; call++) ask()
  assert.equal(runs, 0)
  nextFrame()
  nextFrame()
  t.mock.timers.tick(1000)
  assert.equal(runs, 1)
  ask()
  nextFrame()
  assert.equal(runs, 2)
})

test('a tab that is not seen has no frames, and is called all the same', t => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const nextFrame = frames()
  let runs = 0
  onceAFrame(() => runs++)()
  t.mock.timers.tick(1000)
  nextFrame()
  assert.equal(runs, 1)
})
