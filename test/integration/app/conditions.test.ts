import assert from 'node:assert/strict'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { after, before, describe, it } from 'node:test'
import { resultKey, thumbnailKey } from '#lib/jobs.ts'
import type { QueuePosition } from '#lib/vocabulary/job.ts'
import { deck } from '#test/documents/deck.ts'
import { publish, send, startTestServer } from '#test/test-server.ts'
import { until } from '#test/until.ts'

const PDF = Buffer.from('%PDF-1.4 0123456789')
const PICTURE = Buffer.from('89504e470d0a1a0a', 'hex')

describe('a request with conditions', () => {
  let testServer: Awaited<ReturnType<typeof startTestServer>>
  let id: string
  let etag: string
  let lastModified: string

  before(async () => {
    testServer = await startTestServer()
    id = await completedJob()
    const { headers } = await ask('HEAD', 'result')
    etag = headers.get('etag') ?? ''
    lastModified = headers.get('last-modified') ?? ''
  })
  after(() => testServer.close())

  const ask = (method: string, what: string, headers: Record<string, string> = {}) =>
    fetch(`${testServer.url}/api/jobs/${id}/${what}`, { method, headers })

  async function completedJob(): Promise<string> {
    const file = { name: 'deck.pptx', bytes: await deck({ slides: 1 }) }
    const job = await (await send(testServer.url, file)).json()
    const consumer = await testServer.jobs.consume(
      async attempt => {
        const key = thumbnailKey(job.id, attempt.claim)
        await testServer.storage.write(key, Readable.from([PICTURE]))
        await attempt.showIfStillMine(key)
        await publish(testServer.storage, attempt, PDF)
      },
      { worker: 'test/1', slots: 1 },
    )
    await until('it is completed', async () => (await testServer.jobs.get(job.id))?.state === 'completed')
    await consumer.stop(1000)
    return job.id
  }

  it('gets a result only when it is another one than it knows', async () => {
    for (const known of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
      const answer = await ask('GET', 'result', { 'if-none-match': known })
      assert.deepEqual(
        [answer.status, answer.headers.get('etag'), await answer.text()],
        [304, etag, ''],
        known,
      )
    }
    assert.equal((await ask('GET', 'result', { 'if-modified-since': lastModified })).status, 304)
    assert.equal((await ask('HEAD', 'result', { 'if-none-match': etag })).status, 304)
    assert.equal((await ask('GET', 'result', { 'if-none-match': '"x"' })).status, 200)
  })

  it('is refused when it wants another result than there is', async () => {
    const other = await ask('GET', 'result', { 'if-match': '"x"' })
    assert.deepEqual([other.status, (await other.json()).code], [412, 'precondition_failed'])
    assert.equal((await ask('GET', 'result', { 'if-match': etag })).status, 200)
    assert.equal((await ask('GET', 'result', { 'if-unmodified-since': lastModified })).status, 200)
  })

  it('goes on with a range while the file is still the same', async () => {
    for (const [condition, status, text] of [
      [etag, 206, '6789'],
      [lastModified, 206, '6789'],
      [`W/${etag}`, 200, PDF.toString()],
    ] as const) {
      const answer = await ask('GET', 'result', { range: 'bytes=-4', 'if-range': condition })
      assert.deepEqual([answer.status, await answer.text()], [status, text])
    }
    const all = await ask('GET', 'result', { range: `bytes=-${PDF.length + 1}` })
    assert.deepEqual(
      [all.status, await all.text(), all.headers.get('content-range')],
      [206, PDF.toString(), `bytes 0-${PDF.length - 1}/${PDF.length}`],
    )
  })

  it('asks a HEAD for the whole, whatever its range', async () => {
    for (const range of ['bytes=0-1', 'bytes=99-']) {
      const { status, headers } = await ask('HEAD', 'result', { range })
      assert.deepEqual([status, headers.get('content-length')], [200, String(PDF.length)])
    }
  })

  it('gets status and picture by the same rules', async () => {
    const url = `${testServer.url}/api/jobs/${id}`
    const tag = (await fetch(url)).headers.get('etag')
    for (const known of [`W/${tag}`, `"x", ${tag}`, '*'])
      assert.equal((await fetch(url, { headers: { 'if-none-match': known } })).status, 304)
    const picture = await ask('GET', 'thumbnail')
    const known = picture.headers.get('etag') ?? ''
    assert.deepEqual(Buffer.from(await picture.arrayBuffer()), PICTURE)
    assert.equal((await ask('GET', 'thumbnail', { 'if-none-match': `W/${known}` })).status, 304)
    const head = await ask('HEAD', 'thumbnail')
    assert.deepEqual([head.status, head.headers.get('content-length')], [200, String(PICTURE.length)])
  })

  it('learns that the file is lost, however it asks', async () => {
    await rm(join(testServer.folder, 'files', ...resultKey(id, 1).split('/')))
    await rm(join(testServer.folder, 'files', ...thumbnailKey(id, 1).split('/')))
    for (const [what, status] of [
      ['result', 410],
      ['thumbnail', 404],
    ] as const)
      for (const method of ['GET', 'HEAD'])
        for (const headers of [{}, { 'if-none-match': '*' }, { range: 'bytes=0-1' }] as Record<
          string,
          string
        >[])
          assert.equal((await ask(method, what, headers)).status, status, `${method} ${what}`)
  })

  it('gets the status anew when the place of a waiting job changed, or the estimate of its start', async t => {
    const file = { name: 'deck.pptx', bytes: await deck({ slides: 1 }) }
    const { statusUrl } = await (await send(testServer.url, file)).json()
    const queue: QueuePosition = { position: 2, ahead: 1, startsInS: 40, workers: 'ready' }
    t.mock.method(testServer.jobs, 'queuePosition', async () => ({ ...queue }))
    let known = ''
    for (const change of [
      {},
      { startsInS: 20 },
      { position: 1, ahead: 0 },
      { position: null, ahead: null },
      { workers: 'starting' as const },
    ]) {
      Object.assign(queue, change)
      const read = () => fetch(`${testServer.url}${statusUrl}`, { headers: { 'if-none-match': known } })
      const answer = await read()
      assert.deepEqual((await answer.json()).queue, queue)
      known = answer.headers.get('etag') ?? ''
      assert.equal((await read()).status, 304)
    }
  })
})
