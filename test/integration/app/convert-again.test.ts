import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { sourceKey } from '#lib/jobs.ts'
import { sweepOrphans } from '#lib/maintenance/orphan-sweep.ts'
import type { Snapshot } from '#lib/vocabulary/snapshot.ts'
import { deck } from '#test/documents/deck.ts'
import { rightsTo, send, startTestServer, workWith } from '#test/test-server.ts'
import { until } from '#test/until.ts'

const HOUR_MS = 3_600_000
const PDF = Buffer.from('%PDF-1.4 0123456789')

describe('how long files are kept, and what is made of them meanwhile', () => {
  let testServer: Awaited<ReturnType<typeof startTestServer>>
  let pptx: Buffer
  before(async () => {
    testServer = await startTestServer({ RETENTION_HOURS: '2' })
    pptx = await deck()
  })
  after(() => testServer.close())

  const post = (fields: Record<string, string> = {}, headers = {}) =>
    send(testServer.url, { name: 'deck.pptx', bytes: pptx }, { fields, headers })
  const again = (body: object) =>
    fetch(`${testServer.url}/api/jobs`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  const complete = async (id: string) => {
    const consumer = await workWith(testServer.jobs, testServer.storage, PDF)
    await until('it is completed', async () => (await testServer.jobs.get(id))?.state === 'completed')
    await consumer.stop(1000)
  }
  const remove = (id: string) =>
    fetch(`${testServer.url}/api/jobs/${id}`, { method: 'DELETE', headers: rightsTo(id) })

  it('is chosen by the sender, up to what the operator allows', async () => {
    const job: Snapshot = await (await post({ keepFor: '0.5' })).json()
    const kept = Date.parse(job.expiresAt) - Date.parse(job.createdAt)
    assert.ok(kept > 0.49 * HOUR_MS && kept < 0.51 * HOUR_MS, `${kept} ms`)
    const tooLong = await post({ keepFor: '2.5' })
    const { code, message } = await tooLong.json()
    assert.deepEqual([tooLong.status, code], [422, 'kept_too_long'])
    assert.match(message, /2 hours.*2\.5/)
    for (const wrong of ['0.01', 'long', '-1']) assert.equal((await post({ keepFor: wrong })).status, 400)
    await remove(job.id)
  })

  it('converts the kept source again with other settings, and each job has files of its own', async () => {
    const { id } = await (await post()).json()
    const answer = await again({ retryOf: id, options: { pages: '1' } })
    const job: Snapshot = await answer.json()
    assert.deepEqual(
      [answer.status, job.state, job.fileName, job.options.pages],
      [202, 'queued', 'deck.pptx', '1'],
    )
    assert.notEqual(job.id, id)
    assert.equal((await testServer.jobs.get(job.id))?.retryOf, id)
    await remove(id)
    await remove(id)
    assert.equal(await testServer.storage.size(sourceKey(job.id)), pptx.length)
    const gone = await again({ retryOf: id })
    assert.deepEqual([gone.status, (await gone.json()).code], [410, 'deleted'])
    assert.equal((await again({ retryOf: randomUUID() })).status, 404)
    const refused = await again({ retryOf: job.id, target: 'xlsx' })
    assert.deepEqual([refused.status, (await refused.json()).code], [422, 'unsupported_target'])
  })

  it('keeps no source that is not wanted, also where the worker died that should have deleted it', async () => {
    const { id } = await (await post({ keepSource: 'false' })).json()
    await complete(id)
    assert.equal(await testServer.storage.size(sourceKey(id)), pptx.length, 'this worker deletes nothing')
    await sweepOrphans(testServer, async () => {})
    assert.equal(await testServer.storage.size(sourceKey(id)), undefined)
    assert.equal((await fetch(`${testServer.url}/api/jobs/${id}/result`)).status, 200)
    const gone = await again({ retryOf: id })
    assert.deepEqual([gone.status, (await gone.json()).code], [410, 'source_not_kept'])
  })

  it('deletes all files of one owner, whether their jobs have ended or not, and of nobody else', async () => {
    const cookieOf = async () =>
      ((await fetch(testServer.url)).headers.get('set-cookie') ?? '').split(';')[0] ?? ''
    const [mine, theirs] = [await cookieOf(), await cookieOf()]
    const ids: string[] = []
    for (let n = 0; n < 22; n++) ids.push((await (await post({}, { cookie: mine })).json()).id)
    const other: Snapshot = await (await post({}, { cookie: theirs })).json()
    await complete(ids[0] ?? '')
    const call = (headers: Record<string, string>) =>
      fetch(`${testServer.url}/api/jobs`, { method: 'DELETE', headers })
    assert.equal((await call({})).status, 403)
    assert.deepEqual(await (await call({ cookie: mine })).json(), { deleted: 22 })
    for (const id of ids) {
      assert.equal((await testServer.jobs.get(id))?.receipt?.by, 'owner')
      assert.equal(await testServer.storage.size(sourceKey(id)), undefined)
    }
    assert.deepEqual(await (await call({ cookie: mine })).json(), { deleted: 0 })
    assert.equal((await testServer.jobs.get(other.id))?.receipt, null)
  })
})
