import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { OWNER_TOKEN_HEADER } from '#app/owners.ts'
import { deck } from '#test/documents/deck.ts'
import { rightsTo, send, startTestServer, workWith } from '#test/test-server.ts'
import { finishUpload, openedUpload, sendPart } from '#test/tus.ts'

const PDF = Buffer.from('%PDF-1.4 0123456789')
type Headers = Record<string, string>

describe('the right to change a job', () => {
  let testServer: Awaited<ReturnType<typeof startTestServer>>
  let pptx: Buffer

  before(async () => {
    testServer = await startTestServer()
    pptx = await deck({ slides: 1 })
  })
  after(() => testServer.close())

  const file = () => ({ name: 'deck.pptx', bytes: pptx })
  const create = async (headers: Headers = {}, fields: Record<string, string> = {}) =>
    (await send(testServer.url, file(), { headers, fields })).json()
  const cookie = async () => {
    const { headers } = await fetch(testServer.url)
    return { cookie: headers.getSetCookie()[0]?.split(';')[0] ?? '' }
  }
  const ask = async (method: string, path: string, headers: Headers = {}) => {
    const answer = await fetch(`${testServer.url}/api/jobs/${path}`, { method, headers })
    return [answer.status, (await answer.json().catch(() => undefined))?.code]
  }
  const tokenOf = ({ ownerToken }: { ownerToken: string }) => ({ [OWNER_TOKEN_HEADER]: ownerToken })
  const idsFor = async (headers: Headers, query = '') => {
    const answer = await fetch(`${testServer.url}/api/jobs${query}`, { headers })
    const { jobs, next } = await answer.json()
    return { ids: jobs.map(({ id }: { id: string }) => id), next }
  }

  it('does not come with the link, another cookie, a shared address or a forged token', async () => {
    const job = await create(await cookie())
    const shared = await create()
    const strangers: Headers[] = [
      {},
      await cookie(),
      tokenOf(await create()),
      { [OWNER_TOKEN_HEADER]: `${job.id}.forged` },
      { [OWNER_TOKEN_HEADER]: job.id },
    ]
    for (const headers of strangers)
      for (const { id } of [job, shared])
        for (const [method, path] of [
          ['DELETE', id],
          ['DELETE', `${id}?purge=1`],
          ['POST', `${id}/retry`],
        ] as const)
          assert.deepEqual(await ask(method, path, headers), [403, 'not_your_job'], JSON.stringify(headers))
    assert.equal((await testServer.jobs.get(job.id))?.state, 'queued')
    assert.equal((await fetch(`${testServer.url}/api/jobs/${job.id}`)).status, 200)
  })

  it('is the cookie’s, which no answer has to repeat', async () => {
    const browser = await cookie()
    const job = await create(browser)
    assert.equal('ownerToken' in job, false)
    assert.deepEqual(await ask('DELETE', job.id, browser), [200, undefined])
    assert.deepEqual(await ask('POST', `${job.id}/retry`, browser), [202, undefined])
    assert.deepEqual(await ask('DELETE', `${job.id}?purge=1`, browser), [204, undefined])
  })

  it('comes to a program as a token, which owns its later jobs and lists them', async () => {
    const first = await create()
    const mine = tokenOf(first)
    const second = await create(mine)
    assert.equal('ownerToken' in second, false)
    assert.deepEqual(await idsFor(mine), { ids: [second.id, first.id], next: null })
    const page = await idsFor(mine, '?limit=1')
    assert.deepEqual(page, { ids: [second.id], next: second.id })
    assert.deepEqual(await idsFor(mine, `?limit=1&after=${page.next}`), { ids: [first.id], next: null })
    for (const { id } of [first, second]) assert.deepEqual(await ask('DELETE', id, mine), [200, undefined])
  })

  it('comes with the number of a batch to all of its jobs', async () => {
    const batchId = randomUUID()
    const jobs = [await create({}, { batchId }), await create({}, { batchId })]
    for (const { id } of jobs) assert.deepEqual(await ask('DELETE', id, rightsTo(batchId)), [200, undefined])
  })

  it('comes once: who repeats a request from the same address gets no token', async () => {
    const headers = { 'idempotency-key': 'again' }
    const [first, again] = [await create(headers), await create(headers)]
    assert.deepEqual([again.id, 'ownerToken' in again], [first.id, false])
    const uploadId = await openedUpload(testServer.url, pptx.length)
    await sendPart(testServer.url, uploadId, { offset: 0, bytes: pptx })
    const finish = async () => (await finishUpload(testServer.url, { uploadId, fileName: 'a.pptx' })).json()
    const made = await finish()
    assert.deepEqual(await ask('DELETE', made.id, tokenOf(made)), [200, undefined])
    assert.equal('ownerToken' in (await finish()), false)
  })

  it('comes with a result that was waited for as well', async t => {
    const consumer = await workWith(testServer.jobs, testServer.storage, PDF)
    t.after(() => consumer.stop(0))
    const waited = await create({ prefer: 'wait=20' })
    assert.equal(waited.state, 'completed')
    assert.deepEqual(await ask('DELETE', `${waited.id}?purge=1`, tokenOf(waited)), [204, undefined])
    const { headers } = await send(testServer.url, file(), { path: '/api/convert' })
    const id = headers.get('location')?.split('/').at(-1) ?? ''
    const token = headers.get(OWNER_TOKEN_HEADER) ?? ''
    assert.deepEqual(await ask('DELETE', `${id}?purge=1`, { [OWNER_TOKEN_HEADER]: token }), [204, undefined])
  })
})
