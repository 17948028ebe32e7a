import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { jobPrefix } from '#lib/jobs.ts'
import type { Snapshot } from '#lib/vocabulary/snapshot.ts'
import { deck } from '#test/documents/deck.ts'
import { rightsTo, send, startTestServer, workWith } from '#test/test-server.ts'
import { until } from '#test/until.ts'

/** More than what the system and the sockets buffer of a download that nobody reads. */
const PDF = Buffer.concat([Buffer.from('%PDF-1.4 '), Buffer.alloc(20_000_000, 'x')])
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

describe('the files of a job that has ended', () => {
  let testServer: Awaited<ReturnType<typeof startTestServer>>
  let pptx: Buffer
  before(async () => {
    testServer = await startTestServer()
    pptx = await deck()
  })
  after(() => testServer.close())

  const call = (path: string) => fetch(testServer.url + path)
  const remove = (id: string) =>
    fetch(`${testServer.url}/api/jobs/${id}`, { method: 'DELETE', headers: rightsTo(id) })
  const filesOf = async (id: string) => {
    const keys: string[] = []
    for await (const key of testServer.storage.list(jobPrefix(id))) keys.push(key)
    return keys
  }
  async function completed(): Promise<string> {
    const { id } = await (await send(testServer.url, { name: 'deck.pptx', bytes: pptx })).json()
    const consumer = await workWith(testServer.jobs, testServer.storage, PDF)
    await until('it is completed', async () => (await testServer.jobs.get(id))?.state === 'completed')
    await consumer.stop(1000)
    return id
  }

  it('are deleted at once, with a receipt of what they were, and asked for again they are gone', async () => {
    const id = await completed()
    const answer = await remove(id)
    const { receipt, result, state }: Snapshot = await answer.json()
    assert.deepEqual([answer.status, state, result], [200, 'completed', null])
    assert.ok(receipt?.deletedAt)
    assert.deepEqual(
      { ...receipt, deletedAt: null },
      {
        by: 'owner',
        deletedAt: null,
        source: { bytes: pptx.length, sha256: sha256(pptx) },
        result: { bytes: PDF.length, sha256: sha256(PDF) },
      },
    )
    assert.deepEqual(await filesOf(id), [])
    const gone = await call(`/api/jobs/${id}/result`)
    const { code, message } = await gone.json()
    assert.deepEqual([gone.status, code], [410, 'deleted'])
    assert.ok(message.includes(receipt.deletedAt), message)
    assert.equal((await call(`/api/jobs/${id}/thumbnail`)).status, 410)
    const again = await remove(id)
    assert.deepEqual((await again.json()).receipt, receipt, 'deleting twice changes nothing')
  })

  it('arrive whole where they are deleted while somebody downloads them', async () => {
    const id = await completed()
    const download = await call(`/api/jobs/${id}/result`)
    const reader = download.body?.getReader()
    const first = await reader?.read()
    await remove(id)
    const hash = createHash('sha256')
    for (let part = first; reader && part?.value; part = await reader.read()) hash.update(part.value)
    assert.equal(hash.digest('hex'), sha256(PDF))
  })

  it('are withheld from the request on, and deleted by maintenance where the process that was asked died', async () => {
    const id = await completed()
    await testServer.jobs.requestDeletion(id)
    assert.equal((await call(`/api/jobs/${id}/result`)).status, 410)
    const expired = await testServer.jobs.expired(new Date(Date.now() + 1000))
    assert.ok(expired.includes(id))
  })

  it('are lost where the storage lacks them, which the answer says', async () => {
    const id = await completed()
    const job = await testServer.jobs.get(id)
    await testServer.storage.delete(job?.result?.key ?? '')
    const lost = await call(`/api/jobs/${id}/result`)
    assert.deepEqual([lost.status, (await lost.json()).code], [410, 'result_lost'])
  })
})
