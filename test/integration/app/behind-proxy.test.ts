import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { io } from 'socket.io-client'
import type { Snapshot } from '#lib/vocabulary/snapshot.ts'
import { deck } from '#test/documents/deck.ts'
import { openProxy, type Seen } from '#test/reverse-proxy.ts'
import { send, startTestServer, workWith } from '#test/test-server.ts'
import { askUpload, deleteUpload, finishUpload, openUpload, PART } from '#test/tus.ts'
import { until } from '#test/until.ts'

const ORIGIN = 'https://convert.example.org'

describe('under BASE_PATH behind a trusted proxy', () => {
  let testServer: Awaited<ReturnType<typeof startTestServer>>
  let proxy: Awaited<ReturnType<typeof openProxy>>
  let pptx: Buffer
  /** Where Nightshift is for whoever comes through the proxy. */
  let url: string
  let seen: Seen = { address: '203.0.113.7', host: 'convert.example.org', protocol: 'https' }

  before(async () => {
    testServer = await startTestServer({ BASE_PATH: '/convert', TRUST_PROXY: '1', OWNER_UPLOADS: '1' })
    proxy = await openProxy(testServer.url, () => seen)
    url = `${proxy.url}/convert`
    pptx = await deck({ slides: 1 })
  })
  after(async () => {
    await proxy?.close()
    await testServer?.close()
  })
  const file = () => ({ name: 'deck.pptx', bytes: pptx })
  const follow = (path: string | null) => fetch(new URL(path ?? '', proxy.url))

  it('takes a form, and every address that it names leads somewhere', async t => {
    const answer = await send(url, file(), { headers: { origin: ORIGIN } })
    const job: Snapshot = await answer.json()
    assert.equal(answer.headers.get('location'), `/convert/api/jobs/${job.id}`)
    assert.equal((await follow(answer.headers.get('location'))).status, 200)
    assert.equal((await (await follow(job.statusUrl)).json()).id, job.id)
    const consumer = await workWith(testServer.jobs, testServer.storage, Buffer.from('%PDF'))
    t.after(() => consumer.stop(1000))
    await until('it is done', async () => (await (await follow(job.statusUrl)).json()).state === 'completed')
    assert.equal(await (await follow(job.resultUrl)).text(), '%PDF')
  })

  it('takes an upload in parts at the address that it gave, and makes it a job', async () => {
    const opened = await openUpload(url, pptx.length, { headers: { origin: ORIGIN } })
    const location = opened.headers.get('location') ?? ''
    assert.match(location, /^\/convert\/api\/uploads\/[0-9a-f-]{36}$/)
    const part = (offset: number, end: number) =>
      fetch(new URL(location, proxy.url), {
        method: 'PATCH',
        headers: { 'tus-resumable': '1.0.0', 'upload-offset': String(offset), 'content-type': PART },
        body: new Uint8Array(pptx.subarray(offset, end)),
      })
    assert.equal((await part(0, 1000)).status, 204)
    const id = location.split('/').at(-1) ?? ''
    assert.equal((await askUpload(url, id)).headers.get('upload-offset'), '1000')
    assert.equal((await part(1000, pptx.length)).status, 204)
    const answer = await finishUpload(url, { uploadId: id, fileName: 'deck.pptx' })
    assert.deepEqual([answer.status, answer.headers.get('location')], [202, `/convert/api/jobs/${id}`])
  })

  for (const transport of ['websocket', 'polling']) {
    it(`pushes over ${transport} to a page of the proxy's origin, and to no other`, async t => {
      const connect = (origin: string) => {
        const socket = io(proxy.url, {
          path: '/convert/socket.io',
          transports: [transport],
          extraHeaders: { origin },
          forceNew: true,
          reconnection: false,
        })
        t.after(() => socket.close())
        return socket
      }
      const foreign = connect('https://evil.example')
      const refused = new Promise(resolve => foreign.once('connect_error', resolve))
      assert.ok(await refused)

      const job: Snapshot = await (await send(url, file())).json()
      const own = connect(ORIGIN)
      const heard: Snapshot[] = []
      own.on('job', (snapshot: Snapshot) => heard.push(snapshot))
      const { jobs } = await own.timeout(15_000).emitWithAck('subscribe', { jobIds: [job.id] })
      assert.equal(jobs[0].statusUrl, `/convert/api/jobs/${job.id}`)
      await testServer.jobs.cancel(job.id)
      await until('the end is heard', () => heard.some(({ state }) => state === 'cancelled'))
      assert.equal(heard.at(-1)?.resultUrl, `/convert/api/jobs/${job.id}/result`)
    })
  }

  it('counts by the address that the proxy saw, not by one that the sender names', async () => {
    const first = await openUpload(url, 4)
    const lie = { 'x-forwarded-for': '198.51.100.1' }
    assert.equal((await openUpload(url, 4, { headers: lie })).status, 429)
    seen = { ...seen, address: '203.0.113.8' }
    const other = await openUpload(url, 4)
    assert.deepEqual([first.status, other.status], [201, 201])
    for (const answer of [first, other])
      await deleteUpload(url, answer.headers.get('location')?.split('/').at(-1) ?? '')
  })

  it('gives a cookie for https and its own path, with or without a slash at the end', async () => {
    for (const address of [url, `${url}/`, `${url}?from=mail`]) {
      const cookie = (await fetch(address)).headers.get('set-cookie') ?? ''
      assert.match(cookie, /; Path=\/convert; .*Secure/, address)
    }
  })

  it('refuses another origin, and has nothing beside its path but the probes', async () => {
    const foreign = await send(url, file(), { headers: { origin: 'https://evil.example' } })
    assert.deepEqual([foreign.status, (await foreign.json()).code], [403, 'foreign_origin'])
    for (const path of ['/api/jobs', '/converted/api/jobs', '/socket.io/?EIO=4&transport=polling'])
      assert.equal((await fetch(testServer.url + path)).status, 404, path)
    for (const path of ['/healthz', '/convert/healthz'])
      assert.equal((await fetch(testServer.url + path)).status, 200, path)
    const { servers } = await (await fetch(`${url}/api/openapi.json`)).json()
    assert.deepEqual(servers, [{ url: '/convert' }])
  })
})
