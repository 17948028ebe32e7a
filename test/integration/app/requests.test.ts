import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { gzipSync } from 'node:zlib'
import { type RawAnswer, sendRaw } from '#test/raw-request.ts'
import { startTestServer } from '#test/test-server.ts'
import { openUpload } from '#test/tus.ts'

const NONE = '00000000-0000-4000-8000-000000000000'

describe('an odd request', () => {
  let testServer: Awaited<ReturnType<typeof startTestServer>>
  before(async () => {
    testServer = await startTestServer()
  })
  after(() => testServer.close())

  const codeIn = ({ status, body }: RawAnswer) => [status, JSON.parse(body || '{}').code]
  const ask = (line: string, ...head: string[]) =>
    sendRaw(testServer.url, [`${line} HTTP/1.1`, 'Host: nightshift', ...head])

  for (const [line, status, allow] of [
    ['PUT /api/jobs', 405, 'POST, GET, DELETE, HEAD, OPTIONS'],
    [`POST /api/jobs/${NONE}`, 405, 'GET, DELETE, HEAD, OPTIONS'],
    [`PUT /api/jobs/${NONE}/result`, 405, 'GET, HEAD, OPTIONS'],
    ['GET /api/convert', 405, 'POST, OPTIONS'],
    ['POST /api/presets', 405, 'GET, HEAD, OPTIONS'],
    ['GET /api/uploads', 405, 'POST, OPTIONS'],
    ['PATCH /api/uploads', 405, 'POST, OPTIONS'],
    [`GET /api/uploads/${NONE}`, 405, 'HEAD, PATCH, DELETE, OPTIONS'],
    ['DELETE /healthz', 405, 'GET, HEAD, OPTIONS'],
    ['POST /api/openapi.json', 405, 'GET, HEAD, OPTIONS'],
    ['PROPFIND /api/formats', 405, 'GET, HEAD, OPTIONS'],
    ['TRACE /api/formats', 405, 'GET, HEAD, OPTIONS'],
    ['POST /', 405, 'GET, HEAD, OPTIONS'],
    [`POST /jobs/${NONE}`, 405, 'GET, HEAD, OPTIONS'],
    ['OPTIONS /api/formats', 204, 'GET, HEAD, OPTIONS'],
    ['OPTIONS *', 204, 'GET, HEAD, OPTIONS'],
  ] as const)
    it(`gets the allowed methods where its own is not: ${line}`, async () => {
      const answer = await ask(line)
      assert.equal(answer.status, status)
      assert.equal(/^allow: (.*)$/im.exec(answer.head)?.[1], allow)
      if (status === 405) assert.equal(codeIn(answer)[1], 'method_not_allowed')
    })

  for (const [line, status, code] of [
    ['POST /nothing', 404, 'not_found'],
    ['POST /_next/data', 404, 'not_found'],
    ['DELETE /api', 404, 'not_found'],
    ['GET /api/', 404, 'not_found'],
    ['GET /api/jobs/%zz', 400, 'invalid_request'],
    ['GET /jobs/%', 400, 'invalid_request'],
  ] as const)
    it(`that no call takes is answered with a problem: ${line}`, async () => {
      assert.deepEqual(codeIn(await ask(line)), [status, code])
    })

  it('is answered with a slash at the end as without', async () => {
    for (const path of ['/api/formats/', '/healthz/', '/healthz/?a=b', '/api/jobs/?limit=1'])
      assert.equal((await ask(`GET ${path}`)).status, 200, path)
  })

  it('may ask for life and readiness with any query, and by HTTP/1.0 without a host', async () => {
    for (const path of ['/healthz?', '/healthz?probe=1&probe=2', '/readyz?x', '/healthz'])
      assert.notEqual((await sendRaw(testServer.url, [`GET ${path} HTTP/1.0`])).status, 400, path)
    assert.equal((await sendRaw(testServer.url, ['GET /healthz HTTP/1.0'])).status, 200)
  })

  it('with a host that is none is refused', async () => {
    const answer = await sendRaw(testServer.url, ['GET /api/formats HTTP/1.1', 'Host: a/b'])
    assert.deepEqual(codeIn(answer), [400, 'invalid_request'])
  })

  it('with a packed body is refused before the body is read', async () => {
    const body = gzipSync('--b\r\n')
    for (const [path, type] of [
      ['/api/jobs', 'multipart/form-data; boundary=b'],
      ['/api/convert', 'multipart/form-data; boundary=b'],
      ['/api/jobs', 'application/json'],
    ] as const) {
      const headers = { 'content-encoding': 'gzip', 'content-type': type }
      const answer = await fetch(testServer.url + path, { method: 'POST', headers, body })
      assert.deepEqual([answer.status, (await answer.json()).code], [415, 'unsupported_encoding'])
    }
  })

  it('of a type that no call reads is refused', async () => {
    for (const path of ['/api/jobs', '/api/convert']) {
      const answer = await fetch(testServer.url + path, { method: 'POST', body: 'a text' })
      assert.deepEqual([answer.status, (await answer.json()).code], [415, 'unsupported_media_type'])
    }
  })

  it('that names another method than tus has is refused, and elsewhere the name has no power', async () => {
    for (const method of ['TRACE', 'CONNECT', 'GET', 'a b']) {
      const answer = await openUpload(testServer.url, 4, { headers: { 'x-http-method-override': method } })
      assert.deepEqual([answer.status, (await answer.json()).code], [400, 'invalid_request'], method)
    }
    const misplaced = await openUpload(testServer.url, 4, { headers: { 'x-http-method-override': 'PATCH' } })
    assert.ok(misplaced.status >= 400 && misplaced.status < 500)
    const elsewhere = await ask('POST /api/jobs', 'X-HTTP-Method-Override: DELETE', 'Content-Length: 0')
    assert.deepEqual(codeIn(elsewhere), [415, 'unsupported_media_type'])
  })
})

describe('an odd request below a prefix', () => {
  let testServer: Awaited<ReturnType<typeof startTestServer>>
  before(async () => {
    testServer = await startTestServer({ BASE_PATH: '/convert' })
  })
  after(() => testServer.close())

  for (const [line, status] of [
    ['POST /api/jobs', 404],
    ['POST /elsewhere', 404],
    ['PUT /convert/api/jobs', 405],
    ['POST /convert', 405],
    ['OPTIONS *', 204],
    ['GET /healthz/?a', 200],
    ['GET /convert/healthz/', 200],
    ['GET /convert/api/formats/', 200],
  ] as const)
    it(`is answered by what lies there: ${line} with ${status}`, async () => {
      const answer = await sendRaw(testServer.url, [`${line} HTTP/1.1`, 'Host: nightshift'])
      assert.equal(answer.status, status)
    })
})
