import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { unseal } from '#lib/seal.ts'
import type { Snapshot } from '#lib/vocabulary/snapshot.ts'
import { deck } from '#test/documents/deck.ts'
import { lockedDeck } from '#test/documents/locked.ts'
import { SECRET, send, startTestServer } from '#test/test-server.ts'

describe('a password that comes with a file', () => {
  let testServer: Awaited<ReturnType<typeof startTestServer>>
  let locked: Buffer
  before(async () => {
    testServer = await startTestServer()
    locked = await lockedDeck()
  })
  after(() => testServer.close())

  const sendWith = (name: string, bytes: Buffer, options: object) =>
    send(testServer.url, { name, bytes }, { fields: { options: JSON.stringify(options) } })

  it('lets a locked file in, and is kept sealed', async () => {
    const answer = await sendWith('deck.pptx', locked, { password: 'secret', pages: '1' })
    assert.equal(answer.status, 202)
    const snapshot = (await answer.json()) as Snapshot
    assert.deepEqual([snapshot.source.format, snapshot.options], ['pptx', { pages: '1' }])
    assert.ok(!JSON.stringify(snapshot).includes('secret'))
    const sealed = (await testServer.jobs.get(snapshot.id))?.sealed ?? ''
    assert.deepEqual(JSON.parse(unseal(sealed, SECRET)), { password: 'secret' })
  })

  it('is refused beside a file that is not locked', async () => {
    const answer = await sendWith('deck.pptx', await deck({ slides: 1 }), { password: 'secret' })
    assert.deepEqual([answer.status, (await answer.json()).code], [422, 'option_without_effect'])
  })

  it('does not help where the name says nothing of what is locked', async () => {
    const answer = await sendWith('deck', locked, { password: 'secret' })
    assert.deepEqual([answer.status, (await answer.json()).code], [422, 'password_required'])
  })
})
