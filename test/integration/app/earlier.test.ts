import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { jobPrefix } from '#lib/jobs.ts'
import type { CreatedJob, Snapshot } from '#lib/vocabulary/snapshot.ts'
import { deck } from '#test/documents/deck.ts'
import { send, startTestServer, workWith } from '#test/test-server.ts'
import { until } from '#test/until.ts'

const PDF = Buffer.from('%PDF-1.4 0123456789')

describe('the same file with the same settings again', () => {
  let testServer: Awaited<ReturnType<typeof startTestServer>>
  let pptx: Buffer
  before(async () => {
    testServer = await startTestServer()
    pptx = await deck({ slides: 1 })
  })
  after(() => testServer.close())

  const newCookie = async () =>
    ((await fetch(testServer.url)).headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  const post = (fields: Record<string, string>, headers: Record<string, string>) =>
    send(testServer.url, { name: 'deck.pptx', bytes: pptx }, { headers, fields })
  const created = async (fields: Record<string, string>, headers: Record<string, string>) =>
    (await post(fields, headers)).json() as Promise<CreatedJob>
  async function completed(headers: Record<string, string>): Promise<Snapshot> {
    const { id, earlier } = await created({}, headers)
    assert.equal(earlier, null)
    const consumer = await workWith(testServer.jobs, testServer.storage, PDF)
    await until('it is completed', async () => (await testServer.jobs.get(id))?.state === 'completed')
    await consumer.stop(1000)
    return (await fetch(`${testServer.url}/api/jobs/${id}`)).json()
  }

  it('is told of the kept result that its owner has, and of no other', async () => {
    const cookie = await newCookie()
    const { id, resultUrl, finishedAt } = await completed({ cookie })
    const again = await created({}, { cookie })
    assert.notEqual(again.id, id)
    assert.deepEqual(again.earlier, { id, resultUrl, finishedAt })
    assert.equal((await created({ options: '{"pages":"1"}' }, { cookie })).earlier, null)
    assert.equal((await created({ target: 'png' }, { cookie })).earlier, null)
    assert.equal((await created({}, { cookie: await newCookie() })).earlier, null)
    assert.equal((await created({}, {})).earlier, null, 'nothing but an address tells who asks')
    await fetch(`${testServer.url}/api/jobs/${id}`, { method: 'DELETE', headers: { cookie } })
    assert.equal((await created({}, { cookie })).earlier, null)
  })

  it('is converted anew where the storage has lost the earlier result', async () => {
    const cookie = await newCookie()
    const { id } = await completed({ cookie })
    await testServer.storage.delete((await testServer.jobs.get(id))?.result?.key ?? '')
    const answer = await post({ reuse: 'true' }, { cookie })
    const again: CreatedJob = await answer.json()
    assert.deepEqual([answer.status, again.earlier], [202, null])
    assert.notEqual(again.id, id)
    const toldOf = await created({}, { cookie })
    assert.equal(toldOf.earlier, null)
    const retryOf = await fetch(`${testServer.url}/api/jobs`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json' },
      body: JSON.stringify({ retryOf: id }),
    })
    assert.equal(retryOf.status, 202, 'its source is still there')
  })

  it('is answered with the earlier job where its sender is content with that, and creates none', async () => {
    const cookie = await newCookie()
    const { id } = await completed({ cookie })
    const answer = await post({ reuse: 'true' }, { cookie })
    const job: CreatedJob = await answer.json()
    assert.deepEqual([answer.status, job.id, job.state, job.earlier], [200, id, 'completed', null])
    const list = await (await fetch(`${testServer.url}/api/jobs`, { headers: { cookie } })).json()
    assert.equal(list.jobs.length, 1)
    const kept = new Set<string>()
    for await (const key of testServer.storage.list(jobPrefix(id))) kept.add(key)
    assert.equal(kept.size, 2, 'its source and its result')
    const retried = await fetch(`${testServer.url}/api/jobs`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json' },
      body: JSON.stringify({ retryOf: id, reuse: true }),
    })
    assert.deepEqual([retried.status, (await retried.json()).id], [200, id])
    const other = await post({ reuse: 'true', target: 'png' }, { cookie })
    assert.equal(other.status, 202, 'where there is none, it is converted')
  })
})
