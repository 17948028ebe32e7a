import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ClickGuard, HELD_MS } from '#app/(pages)/live/click-guard.ts'

const CANCEL = { x: 100, y: 100, at: 5000, on: 'cancel' }

function second(changes: Partial<typeof CANCEL>): boolean {
  const guard = new ClickGuard()
  assert.ok(guard.allows(CANCEL))
  return guard.allows({ ...CANCEL, at: CANCEL.at + HELD_MS - 1, ...changes })
}

test('a second click does not count on a button that came to its place, but on the same one or elsewhere', () => {
  assert.equal(second({ on: 'delete' }), false)
  assert.equal(second({ on: 'delete', x: 104, y: 97 }), false)
  assert.equal(second({}), true)
  assert.equal(second({ on: 'delete', x: 140 }), true)
  assert.equal(second({ on: 'delete', at: CANCEL.at + HELD_MS }), true)
})

test('a click that does not count does not make the next one wait longer', () => {
  const guard = new ClickGuard()
  guard.allows(CANCEL)
  assert.equal(guard.allows({ ...CANCEL, on: 'delete', at: CANCEL.at + HELD_MS - 1 }), false)
  assert.equal(guard.allows({ ...CANCEL, on: 'delete', at: CANCEL.at + HELD_MS }), true)
})
