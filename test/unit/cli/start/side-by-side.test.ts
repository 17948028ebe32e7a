import assert from 'node:assert/strict'
import { once } from 'node:events'
import { describe, it } from 'node:test'
import { sideBySide } from '#cli/start/side-by-side.ts'

const never = new AbortController().signal

describe('steps side by side', () => {
  it('run at the same time', async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    // In order, the first would wait for ever.
    await sideBySide(never, [() => promise, async () => resolve()])
  })

  it('are aborted and waited for when one fails, whose failure is told', async () => {
    let ended = false
    const failing = async () => {
      await new Promise(setImmediate)
      throw new Error('no space left')
    }
    const other = async (signal: AbortSignal) => {
      await once(signal, 'abort')
      await new Promise(setImmediate)
      ended = true
      throw signal.reason
    }
    await assert.rejects(sideBySide(never, [other, failing]), /no space left/)
    assert.equal(ended, true)
  })

  it('do not start after one that failed at once', async () => {
    let started = false
    const first = async () => Promise.reject(new Error('programs are missing'))
    const second = async () => {
      started = true
    }
    await assert.rejects(sideBySide(never, [first, second]), /programs are missing/)
    assert.equal(started, false)
  })

  it('end as asked', async () => {
    const asking = new AbortController()
    const work = async (signal: AbortSignal) => {
      asking.abort()
      signal.throwIfAborted()
    }
    await assert.rejects(sideBySide(asking.signal, [work]), { name: 'AbortError' })
  })
})
