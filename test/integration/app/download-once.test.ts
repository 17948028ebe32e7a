import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
// As in the web process, where this one is loaded before the API.
import { routeTo } from '#app/base-path.ts'
import { deck } from '#test/documents/deck.ts'
import { send, startTestServer, workWith } from '#test/test-server.ts'

const PDF = Buffer.from('%PDF-1.4 0123456789')

describe('a download that the API streams itself', () => {
  let testServer: Awaited<ReturnType<typeof startTestServer>>
  before(async () => {
    assert.equal(typeof routeTo, 'function')
    testServer = await startTestServer()
  })
  after(() => testServer.close())

  it('is not answered a second time, which would be an error in the log for each', async t => {
    const told = t.mock.method(console, 'error', () => {})
    const consumer = await workWith(testServer.jobs, testServer.storage, PDF)
    const bytes = await deck({ slides: 1 })
    const answer = await send(testServer.url, { name: 'deck.pptx', bytes }, { path: '/api/convert' })
    await consumer.stop(1000)
    const again = await fetch(`${testServer.url}${answer.headers.get('location')}/result`)
    for (const got of [answer, again]) assert.deepEqual(Buffer.from(await got.arrayBuffer()), PDF)
    // What came after both is seen when this one is answered.
    await fetch(`${testServer.url}/healthz`)
    assert.deepEqual(
      told.mock.calls.map(call => call.arguments),
      [],
    )
  })
})
