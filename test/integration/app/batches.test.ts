import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { after, before, describe, it } from 'node:test'
import { jobPrefix } from '#lib/jobs.ts'
import type { Snapshot } from '#lib/vocabulary/snapshot.ts'
import { deck } from '#test/documents/deck.ts'
import { startTestServer, workWith } from '#test/test-server.ts'
import { openedUpload, sendPart } from '#test/tus.ts'
import { unpacked } from '#test/unpacked.ts'
import { until } from '#test/until.ts'

const PDF = Buffer.from('%PDF-1.4 0123456789')
const BROKEN = Buffer.from([0, 1, 2, 3])

interface Item {
  fileName: string
  job: Snapshot | null
  problem: { code: string } | null
  retryAfterS: number | null
}

describe('batches', () => {
  let testServer: Awaited<ReturnType<typeof startTestServer>>
  let pptx: Buffer
  let cookie: string

  before(async () => {
    testServer = await startTestServer({ OWNER_WAITING: '4' })
    pptx = await deck({ slides: 1 })
    cookie = ((await fetch(testServer.url)).headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  })
  after(() => testServer.close())

  const ask = (path: string, method = 'GET', headers: Record<string, string> = { cookie }) =>
    fetch(`${testServer.url}/api/batches${path}`, { method, headers })

  const post = (files: [name: string, bytes: Buffer][], headers = {}, fields = {}) => {
    const form = new FormData()
    for (const [name, value] of Object.entries<string>(fields)) form.set(name, value)
    for (const [name, bytes] of files) form.append('file', new Blob([new Uint8Array(bytes)]), name)
    const init = { method: 'POST', body: form, headers: { cookie, ...headers } }
    return fetch(`${testServer.url}/api/batches`, init)
  }
  const created = async (files: [name: string, bytes: Buffer][], headers = {}) => {
    const answer = await post(files, headers)
    assert.equal(answer.status, 202)
    const { batch, items }: { batch: { id: string }; items: Item[] } = await answer.json()
    return { id: batch.id, items }
  }
  const postUploads = (body: object, headers = {}) =>
    fetch(`${testServer.url}/api/batches`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
  const upload = async (bytes: Buffer) => {
    const id = await openedUpload(testServer.url, bytes.length, { cookie })
    await sendPart(testServer.url, id, { offset: 0, bytes, headers: { cookie } })
    return id
  }
  const read = async (id: string) => (await ask(`/${id}`)).json()
  const codesOf = (items: readonly Item[]) => items.map(({ problem }) => problem?.code)

  async function work(id: string) {
    const consumer = await workWith(testServer.jobs, testServer.storage, PDF)
    await until('all have ended', async () => (await read(id)).percent === 100)
    await consumer.stop(1000)
  }

  it('takes the good files of a form in their folders, and tells of each other one why not', async () => {
    const { id, items } = await created([
      ['Talks/2026/deck.pptx', pptx],
      ['notes.xyz', BROKEN],
      ['../deck.pptx', pptx],
    ])
    assert.deepEqual(codesOf(items), [undefined, 'unsupported_format', undefined])
    assert.deepEqual(
      items.map(({ fileName, job }) => [fileName, job?.folder]),
      [
        ['deck.pptx', 'Talks/2026'],
        ['notes.xyz', undefined],
        ['deck.pptx', ''],
      ],
    )
    const batch = await read(id)
    assert.deepEqual([batch.total, batch.counts.queued, batch.percent, batch.jobs.length], [2, 2, 0, 2])
    await ask(`/${id}`, 'DELETE')
  })

  it('makes jobs of uploads, each with its own settings or those of all, the same ones when asked again', async () => {
    const ids = [await upload(pptx), await upload(pptx)]
    const [first, second] = ids
    const uploads = [
      { uploadId: first, fileName: 'a.pptx', path: 'Talks/a.pptx' },
      { uploadId: second, fileName: 'b.pptx', target: 'png' },
      { uploadId: randomUUID(), fileName: 'c.pptx' },
    ]
    const answer = await postUploads({ uploads, target: 'txt' }, { 'idempotency-key': 'many' })
    assert.equal(answer.status, 202)
    const { batch, items } = await answer.json()
    assert.deepEqual(codesOf(items), [undefined, undefined, 'upload_not_found'])
    const jobs: Snapshot[] = items.flatMap((item: Item) => item.job ?? [])
    assert.deepEqual(
      jobs.map(job => [job.id, job.target, job.folder, job.batchId]),
      [
        [first, 'txt', 'Talks', batch.id],
        [second, 'png', '', batch.id],
      ],
    )
    const again = await (await postUploads({ uploads, target: 'txt' }, { 'idempotency-key': 'many' })).json()
    assert.deepEqual([again.batch.id, again.batch.total], [batch.id, 2])
    await ask(`/${batch.id}`, 'DELETE')
  })

  it('takes as many as may wait, and tells the others when to come again; under its key it goes on', async () => {
    const files = Array.from({ length: 6 }, (_, n): [string, Buffer] => [`${n}.pptx`, pptx])
    const { id, items } = await created(files, { 'idempotency-key': 'six' })
    assert.deepEqual(codesOf(items).filter(Boolean), ['too_many_waiting', 'too_many_waiting'])
    assert.ok(items.every(({ problem, retryAfterS }) => Number(retryAfterS) > 0 === (problem !== null)))
    await work(id)
    const again = await created(files, { 'idempotency-key': 'six' })
    assert.deepEqual([again.id, codesOf(again.items).filter(Boolean)], [id, []])
    assert.equal((await read(id)).total, 6)
    await ask(`/${id}`, 'DELETE')
  })

  it('refuses a call of which no file is good with the problem of the first, and tells of all', async () => {
    const answer = await post([
      ['a.xyz', BROKEN],
      ['b.pptx', Buffer.alloc(0)],
    ])
    const { code, items } = await answer.json()
    assert.deepEqual([answer.status, code], [422, 'unsupported_format'])
    assert.deepEqual(codesOf(items), ['unsupported_format', 'empty_file'])
    assert.equal((await post([])).status, 400)
  })

  it('answers with an ETag until something changes, and 404 for a batch that nobody has', async () => {
    const { id } = await created([['a.pptx', pptx]])
    const first = await ask(`/${id}`)
    const tag = first.headers.get('etag') ?? ''
    assert.equal((await ask(`/${id}`, 'GET', { 'if-none-match': tag })).status, 304)
    const { version } = await first.json()
    await ask(`/${id}/cancel`, 'POST')
    const now = await ask(`/${id}`, 'GET', { 'if-none-match': tag })
    assert.equal(now.status, 200)
    assert.ok((await now.json()).version > version)
    for (const unknown of [randomUUID(), 'nonsense']) {
      const answer = await ask(`/${unknown}`)
      assert.deepEqual([answer.status, (await answer.json()).code], [404, 'batch_not_found'])
    }
    await ask(`/${id}`, 'DELETE')
  })

  it('cancels what is left, tries again what failed, and deletes all, for its owner only', async () => {
    const { id, items } = await created([
      ['a.pptx', pptx],
      ['b.pptx', pptx],
      ['c.pptx', pptx],
    ])
    for (const [path, method] of [
      ['/cancel', 'POST'] as const,
      ['/retry', 'POST'] as const,
      ['', 'DELETE'] as const,
    ]) {
      const answer = await ask(`/${id}${path}`, method, {})
      assert.deepEqual([answer.status, (await answer.json()).code], [403, 'not_your_batch'])
    }
    let n = 0
    const consumer = await testServer.jobs.consume(
      async attempt => {
        if (n++ === 0)
          return void (await attempt.failIfStillMine({ code: 'corrupt_file', details: {}, retryable: false }))
        await once(attempt.signal, 'abort')
        await attempt.handBackIfStillMine()
      },
      { worker: 'test/1', slots: 1 },
    )
    await until('one has failed', async () => (await read(id)).counts.failed === 1)
    await consumer.stop(0)
    const cancelled = await (await ask(`/${id}/cancel`, 'POST')).json()
    assert.deepEqual([cancelled.changed, cancelled.more, cancelled.batch.counts.cancelled], [2, false, 2])
    const retried = await (await ask(`/${id}/retry`, 'POST')).json()
    assert.deepEqual(
      [retried.changed, retried.batch.counts.queued, retried.batch.counts.cancelled],
      [1, 1, 2],
    )
    const deleted = await (await ask(`/${id}`, 'DELETE')).json()
    assert.deepEqual(deleted, { batch: null, changed: 3, more: false })
    for (const { job } of items) {
      for await (const key of testServer.storage.list(jobPrefix(job?.id ?? ''))) assert.fail(`${key} is left`)
    }
    assert.equal((await ask(`/${id}`)).status, 404)
  })

  it('packs all results into one archive with their folders, and reports what is not in it', async () => {
    const { id, items } = await created([
      ['Übersicht/a.pptx', pptx],
      ['Übersicht/b.pptx', pptx],
      ['Übersicht/日本語/c.pptx', pptx],
      ['Übersicht/d.pptx', pptx],
    ])
    const early = await ask(`/${id}/result.zip`)
    assert.deepEqual([early.status, (await early.json()).code], [409, 'not_ready'])
    await testServer.jobs.cancel(items[3]?.job?.id ?? '')
    await work(id)
    const answer = await ask(`/${id}/result.zip`, 'GET', {})
    assert.equal(answer.headers.get('content-type'), 'application/zip')
    assert.match(answer.headers.get('content-disposition') ?? '', /%C3%9Cbersicht\.zip/)
    const files = await unpacked(Buffer.from(await answer.arrayBuffer()))
    const names = ['Übersicht/deck.pdf', 'Übersicht/deck (2).pdf', 'Übersicht/日本語/deck.pdf', 'report.txt']
    assert.deepEqual([...files.keys()], names)
    for (const name of names.slice(0, 3)) assert.deepEqual(files.get(name), PDF)
    assert.match(
      String(files.get('report.txt')),
      /^Not in this archive: 1\r\n\r\nÜbersicht\/d\.pptx\r\n {2}It was cancelled/,
    )
    const head = await ask(`/${id}/result.zip`, 'HEAD')
    assert.deepEqual([head.status, (await head.arrayBuffer()).byteLength], [200, 0])
    await testServer.storage.delete(jobPrefix(items[0]?.job?.id ?? ''))
    const rest = await unpacked(Buffer.from(await (await ask(`/${id}/result.zip`)).arrayBuffer()))
    assert.equal(rest.size, 3)
    assert.match(String(rest.get('report.txt')), /Not in this archive: 2\r\n\r\nÜbersicht\/a\.pptx/)
    await testServer.jobs.requestDeletion(items[1]?.job?.id ?? '')
    const fewer = await unpacked(Buffer.from(await (await ask(`/${id}/result.zip`)).arrayBuffer()))
    assert.match(String(fewer.get('report.txt')), /b\.pptx\r\n {2}This file was deleted on request/)
    for (const index of [0, 2]) await testServer.jobs.requestDeletion(items[index]?.job?.id ?? '')
    const gone = await ask(`/${id}/result.zip`)
    assert.deepEqual([gone.status, (await gone.json()).code], [410, 'deleted'])
    await ask(`/${id}`, 'DELETE')
  })
})
