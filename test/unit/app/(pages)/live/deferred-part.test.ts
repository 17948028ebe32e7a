import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { setImmediate as settled } from 'node:timers/promises'
import { DeferredPart } from '#app/(pages)/live/deferred-part.ts'

describe('a part of the page that is loaded when it is needed', () => {
  before(() => {
    const browser = new EventTarget()
    for (const name of ['addEventListener', 'removeEventListener', 'dispatchEvent'] as const)
      Object.assign(globalThis, { [name]: browser[name].bind(browser) })
  })

  it('is loaded once, and not before it is needed', async () => {
    let loads = 0
    const part = new DeferredPart(async () => ++loads)
    await settled()
    assert.equal(loads, 0)
    part.need()
    part.need()
    assert.equal(await part.arrival, 1)
    assert.equal(loads, 1)
    assert.equal(part.isMissing(), false)
  })

  it('is missing until a later try brings it, and the end of an offline time is such a try', async t => {
    t.mock.timers.enable({ apis: ['setTimeout'] })
    let loads = 0
    const part = new DeferredPart(async () => {
      loads += 1
      if (loads < 4) throw new Error('no network')
      return 'here'
    })
    const seen: boolean[] = []
    part.subscribe(() => seen.push(part.isMissing()))
    part.need()
    await settled()
    assert.deepEqual([loads, seen], [1, [true]])
    t.mock.timers.tick(500)
    await settled()
    assert.equal(loads, 2)
    t.mock.timers.tick(1999)
    await settled()
    assert.equal(loads, 2, 'the pauses grow')
    dispatchEvent(new Event('online'))
    await settled()
    assert.equal(loads, 3)
    t.mock.timers.tick(5000)
    assert.equal(await part.arrival, 'here')
    assert.deepEqual([loads, seen], [4, [true, false]])
  })
})
