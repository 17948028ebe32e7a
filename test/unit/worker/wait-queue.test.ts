import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { WaitQueue } from '#worker/wait-queue.ts'

describe('a waiting line', () => {
  it('serves requests in order, and returns false when none waits', async () => {
    const line = new WaitQueue<string>()
    assert.equal(line.offer('too early'), false)
    const waiting = [line.wait(), line.wait()]
    assert.equal(line.waiting.length, 2)
    assert.equal(line.offer('a'), true)
    assert.equal(line.offer('b'), true)
    assert.deepEqual(await Promise.all(waiting), ['a', 'b'])
    assert.equal(line.waiting.length, 0)
  })

  it('gives nothing to one who has left', async () => {
    const line = new WaitQueue<string>()
    const leave = new AbortController()
    const first = line.wait({ signal: leave.signal })
    const second = line.wait()
    leave.abort('cancelled')
    await assert.rejects(first, reason => reason === 'cancelled')
    line.offer('a')
    assert.equal(await second, 'a')
    await assert.rejects(line.wait({ signal: leave.signal }), reason => reason === 'cancelled')
  })

  it('serves the first who accepts what came', async () => {
    const line = new WaitQueue<string>()
    const picky = line.wait({ accepts: value => value === 'b' })
    const other = line.wait()
    assert.equal(line.offer('a'), true)
    assert.equal(await other, 'a')
    assert.equal(line.offer('c'), false)
    assert.equal(line.offer('b'), true)
    assert.equal(await picky, 'b')
  })

  it('sends everybody away when it closes', async () => {
    const line = new WaitQueue<string>()
    const waiting = line.wait()
    line.close(new Error('closed'))
    await assert.rejects(waiting, /closed/)
    assert.equal(line.waiting.length, 0)
  })
})
