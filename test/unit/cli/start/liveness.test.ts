import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, it, mock, type TestContext } from 'node:test'
import { askHealth, watchLiveness } from '#cli/start/liveness.ts'

const LIMITS = { everyMs: 1000, limitMs: 5000 }

/** A watch whose seconds pass when the test says so; `answer` is what the process does when asked. */
function watch(t: TestContext, answer: () => Promise<void>) {
  t.mock.timers.enable({ apis: ['setInterval'] })
  let time = 0
  const stop = new AbortController()
  const onSilence = mock.fn()
  watchLiveness({ ...LIMITS, ask: answer, onSilence, signal: stop.signal, now: () => time })
  return {
    silences: () => onSilence.mock.callCount(),
    stop: () => stop.abort(),
    /** Lets the timer fire `ticks` times, each `lasting` so many milliseconds. */
    async pass(ticks: number, lasting = LIMITS.everyMs) {
      for (let n = 0; n < ticks; n++) {
        time += lasting
        t.mock.timers.tick(LIMITS.everyMs)
        await new Promise(setImmediate) // the answer is heard
      }
    },
  }
}

const never = () => new Promise<void>(() => {})
const refuse = () => Promise.reject(new Error('refused'))

describe('the watch over a process', () => {
  for (const [what, answer] of [
    ['does not answer', never],
    ['refuses every connection', refuse],
  ] as const)
    it(`ends one that ${what}, once and not before its time`, async t => {
      const watched = watch(t, answer)
      await watched.pass(4)
      assert.equal(watched.silences(), 0)
      await watched.pass(20)
      assert.equal(watched.silences(), 1)
    })

  it('begins again with every answer', async t => {
    let asked = 0
    const watched = watch(t, () => (++asked % 4 === 0 ? Promise.resolve() : never()))
    await watched.pass(40)
    assert.equal(watched.silences(), 0)
  })

  it('takes a late answer for one', async t => {
    let answer = () => {}
    const late = new Promise<void>(resolve => {
      answer = resolve
    })
    const watched = watch(t, () => late)
    await watched.pass(4)
    answer()
    await new Promise(setImmediate)
    await watched.pass(4)
    assert.equal(watched.silences(), 0)
  })

  it('does not count the time in which it stood still itself', async t => {
    const watched = watch(t, never)
    await watched.pass(4)
    await watched.pass(3, 3_600_000)
    assert.equal(watched.silences(), 0)
    await watched.pass(1)
    assert.equal(watched.silences(), 1)
  })

  it('ends when told', async t => {
    const watched = watch(t, never)
    await watched.pass(4)
    watched.stop()
    await watched.pass(10)
    assert.equal(watched.silences(), 0)
  })
})

describe('asking a web process', () => {
  const listen = async (t: TestContext, server: Server) => {
    t.after(() => {
      server.closeAllConnections()
      server.close()
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    return (server.address() as AddressInfo).port
  }

  it('is content with any answer, also where it listens on all addresses', async t => {
    const asked: (string | undefined)[] = []
    const server = createServer((request, response) => {
      asked.push(request.url)
      response.writeHead(500).end()
    })
    const port = await listen(t, server)
    await askHealth({ host: '0.0.0.0', port }, AbortSignal.timeout(60_000))
    assert.deepEqual(asked, ['/healthz'])
  })

  it('fails where nothing is said, or nobody listens', async t => {
    const deaf = createServer(() => {})
    const port = await listen(t, deaf)
    await assert.rejects(askHealth({ host: '127.0.0.1', port }, AbortSignal.timeout(100)))
    deaf.closeAllConnections()
    await new Promise(resolve => deaf.close(resolve))
    await assert.rejects(askHealth({ host: '127.0.0.1', port }, AbortSignal.timeout(60_000)), /ECONNREFUSED/)
  })
})
