import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { after, before, describe, it } from 'node:test'
import { thumbnailKey } from '#lib/jobs.ts'
import { textNamedPptx, truncated } from '#test/documents/broken.ts'
import { deck } from '#test/documents/deck.ts'
import { ADMIN_TOKEN, rightsTo, send, startTestServer, workWith } from '#test/test-server.ts'
import { until } from '#test/until.ts'

const PDF = Buffer.from('%PDF-1.4 0123456789')

describe('the API', () => {
  let testServer: Awaited<ReturnType<typeof startTestServer>>
  let pptx: Buffer

  before(async () => {
    testServer = await startTestServer({ MAX_UPLOAD_MB: '2', QUEUE_LIMIT: '12' })
    pptx = await deck({ slides: 2 })
  })
  after(() => testServer.close())

  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(testServer.url + path, { headers })
  const post = (name = 'deck.pptx', bytes = pptx, options = {}) =>
    send(testServer.url, { name, bytes }, options)
  const stored = async () =>
    (await readdir(join(testServer.folder, 'files'), { recursive: true, withFileTypes: true })).filter(e =>
      e.isFile(),
    ).length
  const erase = (id: string, how = '') =>
    fetch(`${testServer.url}/api/jobs/${id}${how}`, { method: 'DELETE', headers: rightsTo(id) })
  const clear = async (...ids: string[]) => {
    for (const id of ids) await erase(id, '?purge=1')
  }

  it('accepts a file with 202, a number to come back with, and the place in the queue', async () => {
    const batchId = randomUUID()
    const answer = await post('deck.pptx', pptx, { fields: { batchId } })
    assert.equal(answer.status, 202)
    const job = await answer.json()
    assert.equal(answer.headers.get('location'), `/api/jobs/${job.id}`)
    assert.ok(answer.headers.get('retry-after'))
    assert.deepEqual(
      [job.state, job.batchId, job.fileName, job.source.format, job.source.bytes],
      ['queued', batchId, 'deck.pptx', 'pptx', pptx.length],
    )
    assert.deepEqual(job.queue, { position: 1, ahead: 0, startsInS: null, workers: 'none' })
    assert.equal('owner' in job, false)
    await clear(job.id)
  })

  it('takes fields after the file as well', async () => {
    const form = new FormData()
    const batchId = randomUUID()
    form.set('file', new Blob([new Uint8Array(pptx)]), 'deck.pptx')
    form.set('batchId', batchId)
    const job = await (await fetch(`${testServer.url}/api/jobs`, { method: 'POST', body: form })).json()
    assert.equal(job.batchId, batchId)
    await clear(job.id)
  })

  it('answers the status with an ETag and 304 until something changes, also under the other path', async () => {
    const { id } = await (await post()).json()
    const first = await get(`/api/jobs/${id}`)
    const tag = first.headers.get('etag') ?? ''
    assert.deepEqual((await first.json()).timeline, [])
    assert.equal((await get(`/api/jobs/${id}`, { 'if-none-match': tag })).status, 304)
    assert.equal((await get(`/api/status/${id}`)).headers.get('etag'), tag)
    await erase(id)
    const changed = await get(`/api/jobs/${id}`, { 'if-none-match': tag })
    assert.deepEqual(
      [changed.status, (await changed.json()).state, changed.headers.get('retry-after')],
      [200, 'cancelled', null],
    )
    await clear(id)
  })

  it('gives the result whole, in ranges, under its name, and harmless', async t => {
    const { id } = await (await post('Übersicht “2026”.pptx')).json()
    const early = await get(`/api/jobs/${id}/result`)
    assert.deepEqual([early.status, (await early.json()).code], [409, 'not_ready'])
    const consumer = await workWith(testServer.jobs, testServer.storage, PDF)
    t.after(() => consumer.stop(0))
    await until('it is completed', async () => (await testServer.jobs.get(id))?.state === 'completed')
    await consumer.stop(1000)

    const whole = await get(`/api/jobs/${id}/result`)
    assert.deepEqual(Buffer.from(await whole.arrayBuffer()), PDF)
    assert.equal(whole.headers.get('content-type'), 'application/pdf')
    assert.match(whole.headers.get('content-disposition') ?? '', /^attachment; filename=/)
    assert.equal(whole.headers.get('x-content-type-options'), 'nosniff')
    assert.equal(whole.headers.get('content-security-policy'), "default-src 'none'; frame-ancestors 'self'")

    const part = await get(`/api/result/${id}`, { range: 'bytes=5-7' })
    assert.deepEqual(
      [part.status, await part.text(), part.headers.get('content-range')],
      [206, '1.4', `bytes 5-7/${PDF.length}`],
    )
    assert.equal((await get(`/api/result/${id}`, { range: 'bytes=99-' })).status, 416)
    const stale = await get(`/api/result/${id}`, { range: 'bytes=5-7', 'if-range': '"other"' })
    assert.deepEqual([stale.status, (await stale.arrayBuffer()).byteLength], [200, PDF.length])
    assert.equal(
      (await get(`/api/result/${id}`, { 'if-none-match': whole.headers.get('etag') ?? '' })).status,
      304,
    )
    const head = await fetch(`${testServer.url}/api/result/${id}`, { method: 'HEAD' })
    assert.equal(head.headers.get('content-length'), String(PDF.length))
    assert.match(
      (await get(`/api/result/${id}?inline=1`)).headers.get('content-disposition') ?? '',
      /^inline/,
    )

    await testServer.jobs.markFilesDeleted([id])
    const gone = await get(`/api/jobs/${id}/result`)
    assert.deepEqual([gone.status, (await gone.json()).code], [410, 'expired'])
    await clear(id)
  })

  const refusals: [string, () => Promise<[string, Buffer]>, number, string][] = [
    ['an empty file', async () => ['deck.pptx', Buffer.alloc(0)], 422, 'empty_file'],
    ['a text named .pptx', async () => ['deck.pptx', textNamedPptx()], 422, 'type_mismatch'],
    ['a deck that was cut off', async () => ['deck.pptx', truncated(pptx)], 422, 'corrupt_file'],
    [
      'a program',
      async () => ['tool.exe', Buffer.from('MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff', 'latin1')],
      422,
      'unsupported_format',
    ],
    ['a file over the limit', async () => ['deck.pptx', Buffer.alloc(2_000_001, 'x')], 413, 'too_large'],
  ]
  for (const [what, make, status, code] of refusals) {
    it(`refuses ${what} with ${code}, says what to do, and keeps nothing`, async () => {
      const answer = await post(...(await make()))
      const problem = await answer.json()
      assert.deepEqual([answer.status, problem.code], [status, code])
      assert.equal(answer.headers.get('content-type'), 'application/problem+json')
      assert.ok(
        problem.message.endsWith('.') && problem.nextStep.length > 10 && !/[{}?]/.test(problem.message),
      )
      assert.equal(await stored(), 0)
    })
  }

  it('refuses a form without a file, another kind of body, and a target that is not offered', async () => {
    const empty = await fetch(`${testServer.url}/api/jobs`, { method: 'POST', body: new FormData() })
    assert.equal((await empty.json()).code, 'no_file')
    const json = await fetch(`${testServer.url}/api/jobs`, {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json' },
    })
    assert.deepEqual([json.status, (await json.json()).code], [400, 'invalid_request'])
    const target = await post('deck.pptx', pptx, { fields: { target: 'docm' } })
    assert.deepEqual([target.status, (await target.json()).code], [422, 'unsupported_target'])
    assert.equal(await stored(), 0)
  })

  it('keeps nothing of an upload that breaks off', async t => {
    const boundary = 'xyz'
    const outgoing = request(`${testServer.url}/api/jobs`, {
      method: 'POST',
      headers: {
        'content-type': `multipart/form-data; boundary=${boundary}`,
        'transfer-encoding': 'chunked',
      },
    })
    outgoing.on('error', () => {})
    t.after(() => outgoing.destroy())
    outgoing.write(
      `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="deck.pptx"\r\n\r\n`,
    )
    outgoing.write(pptx.subarray(0, 10_000))
    await until('bytes have arrived', async () => (await stored()) > 0)
    outgoing.destroy()
    await until('nothing is left of it', async () => (await stored()) === 0)
    assert.equal((await testServer.jobs.stats()).queued, 0)
  })

  it('gives the same job for the same Idempotency-Key and file, and keeps one source', async () => {
    const headers = { 'idempotency-key': 'k1' }
    const [a, b] = [
      await (await post('deck.pptx', pptx, { headers })).json(),
      await (await post('deck.pptx', pptx, { headers })).json(),
    ]
    assert.equal(a.id, b.id)
    assert.equal(await stored(), 1)
    const other = await post('deck.pptx', await deck({ slides: 1 }), { headers })
    assert.deepEqual([other.status, (await other.json()).code], [422, 'idempotency_conflict'])
    assert.equal(await stored(), 1)
    await clear(a.id)
  })

  it('refuses with 503 and Retry-After when the queue is full, and stores nothing', async () => {
    const ids: string[] = []
    for (let n = 0; n < 12; n++) ids.push((await (await post()).json()).id)
    const files = await stored()
    const full = await post()
    assert.deepEqual([full.status, (await full.json()).code], [503, 'queue_full'])
    assert.ok(Number(full.headers.get('retry-after')) > 0)
    assert.equal(await stored(), files)
    await clear(...ids)
    assert.equal(await stored(), 0)
  })

  it('lists jobs for a cookie only, never for an address', async () => {
    const cookie = ((await fetch(testServer.url)).headers.get('set-cookie') ?? '').split(';')[0] ?? ''
    const { id } = await (await post('deck.pptx', pptx, { headers: { cookie } })).json()
    const other = await (await post()).json()
    assert.deepEqual(
      (await (await get('/api/jobs', { cookie })).json()).jobs.map((j: { id: string }) => j.id),
      [id],
    )
    assert.deepEqual((await (await get('/api/jobs')).json()).jobs, [])
    assert.deepEqual((await (await get('/api/jobs', { cookie: cookie.replace(/.$/, '!') })).json()).jobs, [])
    await clear(id, other.id)
  })

  it('knows no job under a foreign or a strange number', async () => {
    for (const path of [
      `/api/jobs/${randomUUID()}`,
      '/api/jobs/1',
      '/api/jobs/..%2f..%2fetc/result',
      `/api/result/${randomUUID()}`,
    ]) {
      const answer = await get(path)
      assert.deepEqual(
        [answer.status, answer.headers.get('content-type')],
        [404, 'application/problem+json'],
        path,
      )
    }
  })

  it('refuses writing calls that another website makes', async () => {
    const answer = await post('deck.pptx', pptx, { headers: { origin: 'https://evil.example' } })
    assert.deepEqual([answer.status, (await answer.json()).code], [403, 'foreign_origin'])
    assert.equal(await stored(), 0)
  })

  it('is alive always and ready only when a worker is', async () => {
    assert.equal((await get('/healthz')).status, 200)
    await testServer.jobs.heartbeat({ worker: 'w', slots: 1, ready: false, trouble: 'bubblewrap is missing' })
    const unready = await get('/readyz')
    assert.equal(unready.status, 503)
    const { reasons, ...told } = await unready.json()
    assert.match(told.nextStep, /bubblewrap is missing/)
    assert.deepEqual(reasons, [
      {
        code: 'not_operational',
        message: 'No worker is ready.',
        nextStep: 'bubblewrap is missing',
        retryable: true,
        details: { trouble: 'bubblewrap is missing' },
      },
    ])
    await testServer.jobs.heartbeat({ worker: 'w', slots: 1, ready: true, trouble: null })
    assert.equal((await get('/readyz')).status, 200)
  })

  it('shows the queue to the operator alone', async () => {
    assert.equal((await get('/api/admin/queue')).status, 401)
    assert.equal((await get('/api/admin/queue', { authorization: 'Bearer wrong' })).status, 401)
    const queue = await (await get('/api/admin/queue', { authorization: `Bearer ${ADMIN_TOKEN}` })).json()
    assert.deepEqual([queue.queued, queue.running, queue.dead], [0, 0, 0])
  })

  it('gives the picture of the first page while the job still runs, and says where it is', async t => {
    const { id, thumbnailUrl } = await (await post()).json()
    assert.equal(thumbnailUrl, null)
    assert.equal((await get(`/api/jobs/${id}/thumbnail`)).status, 404)
    const picture = Buffer.from('89504e470d0a1a0a', 'hex')
    const key = thumbnailKey(id, 1)
    const consumer = await testServer.jobs.consume(
      async attempt => {
        await testServer.storage.write(key, Readable.from([picture]))
        await attempt.showIfStillMine(key)
        await new Promise(resolve => attempt.signal.addEventListener('abort', resolve))
      },
      { worker: 'test/1', slots: 1 },
    )
    t.after(() => consumer.stop(0))
    const shown = await until(
      'the picture is told',
      async () => (await (await get(`/api/jobs/${id}`)).json()).thumbnailUrl,
    )
    const answer = await get(shown)
    assert.deepEqual(Buffer.from(await answer.arrayBuffer()), picture)
    assert.equal(answer.headers.get('content-type'), 'image/png')
    await testServer.jobs.cancel(id)
    await clear(id)
  })
})
