import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, get, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { after, before, describe, it } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { createPageFiles } from '#app/page-files.ts'
import { compressFiles } from '#cli/start/compress-files.ts'

const SCRIPT = 'console.log("Nightshift")\n'.repeat(100)

describe('the files of the pages', () => {
  let root: string
  const server = createServer()

  before(async () => {
    root = await mkdtemp(join(tmpdir(), 'nightshift-page-files-'))
    const folder = join(root, 'static')
    await mkdir(join(folder, 'chunks'), { recursive: true })
    await writeFile(join(folder, 'chunks', 'one.js'), SCRIPT)
    await writeFile(join(root, 'secret.txt'), 'not for everybody')
    compressFiles(folder)
    const fileFor = createPageFiles('/office', folder)
    server.on('request', (request, response) => {
      const file = fileFor(request.url ?? '')
      if (file) file(request, response)
      else response.end('a page')
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
  })
  after(async () => {
    server.closeAllConnections()
    server.close()
    await rm(root, { recursive: true })
  })
  /** Without `fetch`, which would tidy the path and unpack the answer. */
  const ask = async (path: string, encoding = 'identity') => {
    const { port } = server.address() as AddressInfo
    const [answer] = (await once(
      get({ host: '127.0.0.1', port, path, headers: { 'accept-encoding': encoding } }),
      'response',
    )) as [IncomingMessage]
    return { status: answer.statusCode, headers: answer.headers, body: await buffer(answer) }
  }

  it('are sent compressed to whoever takes that, may be kept for good, and are no other type', async () => {
    const { status, headers, body } = await ask('/office/_next/static/chunks/one.js', 'gzip, deflate, br')
    assert.equal(status, 200)
    assert.equal(headers['content-encoding'], 'gzip')
    assert.equal(headers.vary, 'Accept-Encoding')
    assert.match(headers['content-type'] ?? '', /^text\/javascript/)
    assert.match(headers['cache-control'] ?? '', /max-age=31536000, immutable/)
    assert.equal(headers['x-content-type-options'], 'nosniff')
    assert.equal(gunzipSync(body).toString(), SCRIPT)
  })

  it('are sent as they are to others', async () => {
    const { headers, body } = await ask('/office/_next/static/chunks/one.js')
    assert.equal(headers['content-encoding'], undefined)
    assert.equal(body.toString(), SCRIPT)
  })

  it('are all that is sent from there', async () => {
    for (const path of ['chunks/two.js', '../secret.txt', '..%2Fsecret.txt', 'chunks', ''])
      assert.equal((await ask(`/office/_next/static/${path}`)).status, 404, path)
    for (const path of ['/office', '/office/_next/image', '/_next/static/chunks/one.js'])
      assert.equal((await ask(path)).body.toString(), 'a page', path)
  })
})
