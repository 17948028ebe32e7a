import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { after, before, describe, it } from 'node:test'
import { type RawAnswer, sendRaw } from '#test/raw-request.ts'
import { send, startTestServer } from '#test/test-server.ts'
import { until } from '#test/until.ts'

const HTTP2_OFFER = [
  'Connection: Upgrade, HTTP2-Settings',
  'Upgrade: h2c',
  'HTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA',
]
const WEBSOCKET_OFFER = [
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
]
const LIVE = '/socket.io/?EIO=4&transport=polling'
const descriptors = () => readdirSync('/dev/fd').length

describe('a request that offers to speak something else', () => {
  let testServer: Awaited<ReturnType<typeof startTestServer>>
  before(async () => {
    testServer = await startTestServer()
  })
  after(() => testServer.close())

  const get = (path: string, offer: readonly string[]): Promise<RawAnswer> =>
    sendRaw(testServer.url, [`GET ${path} HTTP/1.1`, 'Host: nightshift', ...offer])

  for (const [what, path, offer, status] of [
    ['HTTP/2 to the API', '/api/formats', HTTP2_OFFER, 200],
    ['HTTP/2 to a page', '/', HTTP2_OFFER, 200],
    ['HTTP/2 to the live path', LIVE, HTTP2_OFFER, 200],
    ['WebSocket to the API', '/healthz', WEBSOCKET_OFFER, 200],
    ['WebSocket to what is not there', '/nothing', WEBSOCKET_OFFER, 404],
  ] as const)
    it(`is answered as plain HTTP/1.1: ${what}`, async () => {
      const answer = await get(path, offer)
      assert.equal(answer.status, status)
      assert.match(answer.head, /^HTTP\/1\.1 /)
    })

  it('is answered with its body read, however that is framed', async () => {
    const bytes = Buffer.from('not a document')
    const form = [
      '--x\r\nContent-Disposition: form-data; name="file"; filename="a.pptx"\r\n\r\n',
      bytes.toString(),
      '\r\n--x--\r\n',
    ].join('')
    const head = ['POST /api/jobs HTTP/1.1', 'Host: nightshift', ...HTTP2_OFFER]
    const type = 'Content-Type: multipart/form-data; boundary=x'
    const sized = await sendRaw(testServer.url, [...head, type, `Content-Length: ${form.length}`], form)
    const chunked = await sendRaw(
      testServer.url,
      [...head, type, 'Transfer-Encoding: chunked'],
      `${form.length.toString(16)}\r\n${form}\r\n0\r\n\r\n`,
    )
    const plain = await send(testServer.url, { name: 'a.pptx', bytes })
    const { code } = await plain.json()
    for (const answer of [sized, chunked])
      assert.deepEqual([answer.status, JSON.parse(answer.body).code], [plain.status, code])
  })

  it('leaves no descriptor behind, a thousand times', async () => {
    const offers = [
      () => get('/healthz', HTTP2_OFFER),
      () => get('/', HTTP2_OFFER),
      () => get(`${LIVE}&sid=none`, HTTP2_OFFER),
      () => get('/healthz', WEBSOCKET_OFFER),
      () => get('/socket.io/?EIO=4&transport=websocket&sid=none', WEBSOCKET_OFFER),
    ]
    const before = descriptors()
    for (let n = 0; n < 200; n++) await Promise.all(offers.map(offer => offer()))
    await until('all are closed', () => descriptors() <= before)
  })
})

describe('a request that names its target with the host', () => {
  let testServer: Awaited<ReturnType<typeof startTestServer>>
  before(async () => {
    testServer = await startTestServer()
  })
  after(() => testServer.close())

  for (const [target, status] of [
    ['http://nightshift/healthz', 200],
    ['HTTP://nightshift:80/api/formats', 200],
    ['http://nightshift', 200],
    ['http://nightshift?a=b', 200],
    [`http://nightshift${LIVE}`, 200],
    ['http://nightshift/nothing', 404],
  ] as const)
    it(`is answered as one without: ${target}`, async () => {
      const answer = await sendRaw(testServer.url, [`GET ${target} HTTP/1.1`, 'Host: other'])
      assert.equal(answer.status, status)
    })

  it('comes from our own page where that is the host of its target', async () => {
    const head = ['POST http://nightshift/api/jobs HTTP/1.1', 'Host: other', 'Content-Length: 0']
    const own = await sendRaw(testServer.url, [...head, 'Origin: http://nightshift'])
    const foreign = await sendRaw(testServer.url, [...head, 'Origin: http://other'])
    assert.notEqual(own.status, 403)
    assert.equal(foreign.status, 403)
  })
})
