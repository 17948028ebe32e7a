import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { jobPrefix } from '#lib/jobs.ts'
import type { Snapshot } from '#lib/vocabulary/snapshot.ts'
import { deck } from '#test/documents/deck.ts'
import { send, startTestServer, workWith } from '#test/test-server.ts'
import { until } from '#test/until.ts'

const PDF = Buffer.from('%PDF-1.4 0123456789')
const NAME = 'Zoë’s salary.pptx'

describe('deleting a job for good', () => {
  let testServer: Awaited<ReturnType<typeof startTestServer>>
  let headers: { cookie: string }
  let pptx: Buffer
  before(async () => {
    testServer = await startTestServer()
    pptx = await deck({ slides: 1 })
    headers = { cookie: ((await fetch(testServer.url)).headers.get('set-cookie') ?? '').split(';')[0] ?? '' }
  })
  after(() => testServer.close())

  const call = (path: string, method = 'GET') => fetch(`${testServer.url}${path}`, { method, headers })
  async function completed(fields: Record<string, string>): Promise<Snapshot> {
    const job: Snapshot = await (
      await send(testServer.url, { name: NAME, bytes: pptx }, { headers, fields })
    ).json()
    const consumer = await workWith(testServer.jobs, testServer.storage, PDF)
    await until('it is completed', async () => (await testServer.jobs.get(job.id))?.state === 'completed')
    await consumer.stop(1000)
    return (await call(job.statusUrl)).json()
  }

  it('leaves by its link a receipt without a name, and nothing in lists, batches or storage', async () => {
    const batchId = randomUUID()
    const [job, other] = [await completed({ batchId }), await completed({ batchId })]
    assert.equal((await call(`${job.statusUrl}?purge=1`, 'DELETE')).status, 204)
    const answer = await call(job.statusUrl)
    const text = await answer.text()
    assert.ok(!/zoë/i.test(text) && !text.includes(batchId), text)
    const left: Snapshot = JSON.parse(text)
    assert.deepEqual([left.fileName, left.result, left.state], ['', null, 'completed'])
    assert.ok(left.receipt?.deletedAt)
    const { source, result } = left.receipt
    assert.deepEqual(
      [source.sha256, result?.sha256, left.receipt.by],
      [job.source.sha256, job.result?.sha256, 'owner'],
    )
    const gone = await call(job.resultUrl)
    assert.deepEqual([gone.status, (await gone.json()).code], [410, 'deleted'])
    const list: { jobs: Snapshot[] } = await (await call('/api/jobs')).json()
    assert.deepEqual(
      list.jobs.map(({ id }) => id),
      [other.id],
    )
    assert.equal((await (await call(`/api/batches/${batchId}`)).json()).total, 1)
    assert.equal((await call(`/api/batches/${left.batchId}`)).status, 404)
    for await (const key of testServer.storage.list(jobPrefix(job.id))) assert.fail(`${key} is left`)
    for (const [path, method] of [
      [`${job.statusUrl}?purge=1`, 'DELETE'],
      [job.statusUrl, 'DELETE'],
      [`${job.statusUrl}/retry`, 'POST'],
    ])
      assert.equal((await call(path ?? '', method)).status, 404, 'nobody may change it any more')
    const all = await (await call(`/api/batches/${batchId}`, 'DELETE')).json()
    assert.deepEqual([all.changed, all.batch], [1, null])
    assert.equal((await (await call(other.statusUrl)).json()).fileName, '')
  })

  it('is finished by maintenance where the process died after the row said so', async () => {
    const { id } = await completed({})
    await testServer.jobs.purge(id)
    assert.ok((await testServer.jobs.expired(new Date(Date.now() + 1000))).includes(id))
  })
})
