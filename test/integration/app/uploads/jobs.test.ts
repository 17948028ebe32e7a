import assert from 'node:assert/strict'
import { createHash, randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { after, before, describe, it } from 'node:test'
import { sourceKey } from '#lib/jobs.ts'
import { sweepOrphans } from '#lib/maintenance/orphan-sweep.ts'
import { textNamedPptx } from '#test/documents/broken.ts'
import { deck } from '#test/documents/deck.ts'
import { rightsTo, send, startTestServer } from '#test/test-server.ts'
import { askUpload, deleteUpload, finishUpload, offsetOf, openedUpload, sendPart } from '#test/tus.ts'

describe('an upload that becomes a job', () => {
  let testServer: Awaited<ReturnType<typeof startTestServer>>
  let url: string
  let pptx: Buffer
  before(async () => {
    testServer = await startTestServer({ QUEUE_LIMIT: '4' })
    url = testServer.url
    pptx = await deck({ slides: 2 })
  })
  after(() => testServer.close())

  const restart = async () => {
    await testServer.restart()
    url = testServer.url
  }
  const codeOf = async (answer: Response) => [answer.status, (await answer.json()).code]
  const stored = async () => (await Readable.from(testServer.storage.list('jobs/')).toArray()).length
  const recordOf = async (id: string) => (await testServer.spool.list()).find(each => each.id === id)
  const purge = (id: string) =>
    fetch(`${url}/api/jobs/${id}?purge=1`, { method: 'DELETE', headers: rightsTo(id) })
  const uploaded = async (bytes = pptx, headers = {}) => {
    const id = await openedUpload(url, bytes.length, headers)
    const half = Math.floor(bytes.length / 2)
    await sendPart(url, id, { offset: 0, bytes: bytes.subarray(0, half), headers })
    await sendPart(url, id, { offset: half, bytes: bytes.subarray(half), headers })
    return id
  }

  it('has the upload’s number, the settings, and the SHA-256 of all parts', async () => {
    const uploadId = await uploaded()
    const batchId = randomUUID()
    const answer = await finishUpload(url, { uploadId, batchId, fileName: 'deck.pptx', target: 'pdf' })
    const job = await answer.json()
    assert.equal(answer.status, 202)
    assert.equal(answer.headers.get('location'), `/api/jobs/${uploadId}`)
    const sha256 = createHash('sha256').update(pptx).digest('hex')
    assert.deepEqual(
      [job.id, job.batchId, job.fileName, job.state, job.source],
      [uploadId, batchId, 'deck.pptx', 'queued', { format: 'pptx', bytes: pptx.length, sha256 }],
    )
    await purge(uploadId)
  })

  it('is the same job when it is asked for again, and twice at once', async () => {
    const uploadId = await uploaded()
    const settings = { uploadId, fileName: 'deck.pptx' }
    const answers = await Promise.all([1, 2, 3].map(() => finishUpload(url, settings)))
    assert.deepEqual(
      answers.map(answer => answer.status),
      [202, 202, 202],
    )
    assert.equal((await testServer.jobs.stats()).queued, 1)
    await purge(uploadId)
  })

  it('takes its bytes along: nobody can write to or delete the upload any more', async () => {
    const uploadId = await uploaded()
    await finishUpload(url, { uploadId, fileName: 'deck.pptx' })
    assert.equal((await askUpload(url, uploadId)).status, 404)
    assert.equal((await deleteUpload(url, uploadId)).status, 404)
    assert.equal(await testServer.storage.size(sourceKey(uploadId)), pptx.length)
    await purge(uploadId)
  })

  it('is not made of an upload that is not complete, which goes on then', async () => {
    const id = await openedUpload(url, pptx.length)
    await sendPart(url, id, { offset: 0, bytes: pptx.subarray(0, 1000) })
    const early = await finishUpload(url, { uploadId: id, fileName: 'deck.pptx' })
    assert.deepEqual(await codeOf(early), [409, 'upload_incomplete'])
    await sendPart(url, id, { offset: 1000, bytes: pptx.subarray(1000) })
    assert.equal((await finishUpload(url, { uploadId: id, fileName: 'deck.pptx' })).status, 202)
    await purge(id)
  })

  it('is not made of a file that is refused, whose bytes are deleted', async () => {
    for (const [bytes, code] of [
      [textNamedPptx(), 'type_mismatch'],
      [Buffer.alloc(0), 'empty_file'],
    ] as const) {
      const uploadId = await uploaded(bytes)
      assert.deepEqual(await codeOf(await finishUpload(url, { uploadId, fileName: 'a.pptx' })), [422, code])
      assert.equal((await askUpload(url, uploadId)).status, 404)
    }
    assert.equal(await stored(), 0)
  })

  it('says what is wrong with the settings and keeps the upload for better ones', async () => {
    const uploadId = await uploaded()
    for (const settings of [{}, { fileName: 'a.pptx', batchId: 'x' }, { fileName: 'a.pptx', target: 1 }])
      assert.deepEqual(await codeOf(await finishUpload(url, { uploadId, ...settings })), [
        400,
        'invalid_request',
      ])
    const target = await finishUpload(url, { uploadId, fileName: 'a.pptx', target: 'docm' })
    assert.deepEqual(await codeOf(target), [422, 'unsupported_target'])
    const nobody = await finishUpload(url, { uploadId: randomUUID(), fileName: 'a.pptx' })
    assert.deepEqual(await codeOf(nobody), [404, 'upload_not_found'])
    assert.equal((await finishUpload(url, { uploadId, fileName: 'a.pptx' })).status, 202)
    await purge(uploadId)
  })

  it('waits at a full queue without losing a byte of the upload', async () => {
    const uploadId = await uploaded()
    const ids: string[] = []
    for (let n = 0; n < 4; n++) ids.push((await (await send(url, { name: 'a.pptx', bytes: pptx })).json()).id)
    const full = await finishUpload(url, { uploadId, fileName: 'a.pptx' })
    assert.ok(Number(full.headers.get('retry-after')) > 0)
    assert.deepEqual(await codeOf(full), [503, 'queue_full'])
    await purge(ids[0] ?? '')
    assert.equal((await finishUpload(url, { uploadId, fileName: 'a.pptx' })).status, 202)
    for (const id of [...ids, uploadId]) await purge(id)
  })

  it('leaves one source where an Idempotency-Key names an earlier job', async () => {
    const headers = { 'idempotency-key': 'once' }
    const [first, second] = [await uploaded(), await uploaded()]
    await finishUpload(url, { uploadId: first, fileName: 'a.pptx' }, headers)
    const job = await (await finishUpload(url, { uploadId: second, fileName: 'a.pptx' }, headers)).json()
    assert.equal(job.id, first)
    assert.equal(await stored(), 1)
    await purge(first)
  })

  it('is only for the cookie that opened the upload; without one the number is the key', async () => {
    const cookieOf = async () => ((await fetch(url)).headers.get('set-cookie') ?? '').split(';')[0] ?? ''
    const [mine, theirs] = [{ cookie: await cookieOf() }, { cookie: await cookieOf() }]
    const id = await uploaded(pptx, mine)
    for (const headers of [theirs, {}]) {
      assert.equal((await askUpload(url, id, headers)).status, 404)
      assert.equal((await sendPart(url, id, { offset: 0, bytes: pptx, headers })).status, 404)
      assert.equal((await deleteUpload(url, id, headers)).status, 404)
      const stolen = await finishUpload(url, { uploadId: id, fileName: 'a.pptx' }, headers)
      assert.deepEqual(await codeOf(stolen), [404, 'upload_not_found'])
    }
    assert.equal((await askUpload(url, id, mine)).status, 200)
    await deleteUpload(url, id, mine)
    const open = await uploaded()
    assert.equal((await askUpload(url, open, mine)).status, 200)
    await deleteUpload(url, open)
  })

  it('is answered with 410 when the time of its upload is over, and a sweep leaves nothing of it', async () => {
    const [late, early] = [await uploaded(), await uploaded()]
    const record = await recordOf(late)
    assert.ok(record)
    const expire = async (agoMs: number) => {
      await testServer.spool.open({
        ...record,
        expiresAt: new Date(Date.now() - agoMs).toISOString(),
      })
      await restart()
    }
    await expire(1)
    assert.equal((await askUpload(url, late)).status, 410)
    assert.deepEqual(await codeOf(await sendPart(url, late, { offset: 0, bytes: pptx })), [
      410,
      'upload_expired',
    ])
    assert.deepEqual(await codeOf(await finishUpload(url, { uploadId: late, fileName: 'a.pptx' })), [
      410,
      'upload_expired',
    ])
    await expire(3_600_000)
    await sweepOrphans(testServer, async () => {})
    await restart()
    assert.equal((await askUpload(url, late)).status, 404)
    assert.equal(await testServer.storage.size(sourceKey(late)), undefined)
    assert.equal(await offsetOf(url, early), pptx.length, 'an open upload is no litter')
    await deleteUpload(url, early)
    assert.equal(await stored(), 0)
  })

  it('keeps its bytes where a crash left the upload’s record behind', async () => {
    const id = await uploaded()
    const record = await recordOf(id)
    assert.ok(record)
    await finishUpload(url, { uploadId: id, fileName: 'a.pptx' })
    await testServer.spool.open({ ...record, expiresAt: new Date(0).toISOString() })
    await restart()
    assert.equal((await deleteUpload(url, id)).status, 410)
    await testServer.spool.open(record)
    await restart()
    assert.equal((await deleteUpload(url, id)).status, 404)
    await sweepOrphans(testServer, async () => {})
    assert.equal(await recordOf(id), undefined)
    assert.equal(await testServer.storage.size(sourceKey(id)), pptx.length)
    await purge(id)
  })
})
