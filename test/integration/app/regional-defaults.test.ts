import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sheet } from '#test/documents/sheet.ts'
import { send, startTestServer } from '#test/test-server.ts'

describe('options that were left out', () => {
  let testServer: Awaited<ReturnType<typeof startTestServer>>
  before(async () => {
    testServer = await startTestServer()
  })
  after(() => testServer.close())

  async function sent(name: string, bytes: Buffer, headers: Record<string, string> = {}) {
    const answer = await send(testServer.url, { name, bytes }, { headers })
    return { status: answer.status, ...(await answer.json()) }
  }
  const text = Buffer.from('words\n')

  it('are chosen by Accept-Language and kept with the job', async () => {
    const american = { 'accept-language': 'en-US,en;q=0.9' }
    assert.deepEqual((await sent('a.txt', text, american)).options, { paper: 'letter' })
    const austrian = { 'accept-language': 'de-AT,de;q=0.9,en;q=0.8' }
    assert.deepEqual((await sent('a.xlsx', await sheet(), austrian)).options, { language: 'de-AT' })
    assert.deepEqual((await sent('a.txt', text, austrian)).options, {})
  })

  it('are left out without a language or with any', async () => {
    assert.deepEqual((await sent('a.txt', text, { 'accept-language': '*' })).options, {})
    assert.deepEqual((await sent('a.xlsx', await sheet())).options, {})
  })

  it('are the same when the same is sent again, under the same key', async () => {
    const headers = { 'accept-language': 'en-US', 'idempotency-key': 'regional' }
    const first = await sent('a.txt', text, headers)
    assert.equal((await sent('a.txt', text, headers)).id, first.id)
  })
})
