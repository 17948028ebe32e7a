import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, it, type TestContext } from 'node:test'
import { untilReady } from '#cli/start/readiness.ts'

describe('waiting until jobs start at once', () => {
  /** A web process that answers with these statuses, and with the last one from then on. */
  const webThatAnswers = async (t: TestContext, statuses: number[], onAnswer = () => {}) => {
    const asked: (string | undefined)[] = []
    const server = createServer((request, response) => {
      asked.push(request.url)
      response.writeHead(statuses[asked.length - 1] ?? statuses.at(-1) ?? 500).end()
      onAnswer()
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    t.after(() => server.close())
    return { asked, web: { host: '127.0.0.1', port: (server.address() as AddressInfo).port } }
  }

  it('ends with the first 200 of /readyz', async t => {
    const { asked, web } = await webThatAnswers(t, [503, 503, 200])
    assert.equal(await untilReady(web, new AbortController().signal), true)
    assert.deepEqual(asked, ['/readyz', '/readyz', '/readyz'])
  })

  it('ends when it is told to, though nothing is ready', async t => {
    const stopping = new AbortController()
    const { web } = await webThatAnswers(t, [503], () => stopping.abort())
    assert.equal(await untilReady(web, stopping.signal), false)
  })
})
