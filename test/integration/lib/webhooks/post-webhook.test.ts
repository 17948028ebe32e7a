import assert from 'node:assert/strict'
import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http'
import type { AddressInfo, Server } from 'node:net'
import { createServer as createTcpServer } from 'node:net'
import { describe, it, type TestContext } from 'node:test'
import { createServer as createTlsServer } from 'node:tls'
import type { HostAddress } from '#lib/webhooks/checked-addresses.ts'
import { type PostOptions, postWebhook } from '#lib/webhooks/post-webhook.ts'

const HERE: HostAddress = { address: '127.0.0.1', family: 4 }
const BODY = '{"a":"ä"}'

async function portOf(t: TestContext, server: Server): Promise<number> {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    if ('closeAllConnections' in server) (server.closeAllConnections as () => void)()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

interface Got {
  method: string | undefined
  url: string | undefined
  headers: IncomingHttpHeaders
  body: string
}

/** A receiver; it keeps what it got. */
async function receiver(t: TestContext, answer: RequestListener) {
  const got: Got[] = []
  const server = createServer(async (request, response) => {
    const { method, url, headers } = request
    let body = ''
    for await (const chunk of request) body += chunk
    got.push({ method, url, headers, body })
    answer(request, response)
  })
  return { got, port: await portOf(t, server) }
}

const post = (url: string, options: Partial<PostOptions> = {}) =>
  postWebhook({ url, headers: { 'webhook-id': 'x' }, body: BODY }, { allowPrivate: true, ...options })

describe('posting to a webhook', () => {
  it('sends body and headers to the address that was checked, under the name of the URL', async t => {
    const { got, port } = await receiver(t, (_, response) => response.writeHead(204).end())
    const asked: string[] = []
    const resolve = async (host: string) => {
      asked.push(host)
      return [HERE]
    }
    const url = `http://hook.example:${port}/in?a=b`
    assert.deepEqual(await post(url, { resolve }), { status: 204, error: null })
    assert.deepEqual(asked, ['hook.example'], 'the name is resolved once')
    const [{ method, url: path, headers, body } = assert.fail('it got nothing')] = got
    assert.deepEqual([method, path, headers.host, body], ['POST', '/in?a=b', `hook.example:${port}`, BODY])
    assert.deepEqual([headers['webhook-id'], headers['content-length']], ['x', '10'])
  })

  it('reaches no address that is not public, nor a name that leads to one among others', async t => {
    const { got, port } = await receiver(t, (_, response) => response.end())
    const forbidden = { status: null, error: 'private_address' }
    const allowPrivate = false
    assert.deepEqual(await post(`http://127.0.0.1:${port}/`, { allowPrivate }), forbidden)
    assert.deepEqual(await post(`http://[::1]:${port}/`, { allowPrivate }), forbidden)
    for (const addresses of [[HERE], [{ address: '1.1.1.1', family: 4 }, HERE]]) {
      const resolve = async () => addresses
      assert.deepEqual(await post(`http://hook.example:${port}/`, { allowPrivate, resolve }), forbidden)
    }
    assert.deepEqual(got, [])
  })

  it('says that a name leads nowhere, and that nobody listens', async t => {
    const { port } = await receiver(t, () => {})
    const nowhere = async () => Promise.reject(new Error('ENOTFOUND'))
    const unknown = await post(`http://hook.example:${port}/`, { resolve: nowhere })
    assert.deepEqual(unknown, { status: null, error: 'unknown_host' })
    assert.deepEqual(await post('http://127.0.0.1:1/'), { status: null, error: 'not_connected' })
  })

  it('follows no redirection: its status is the answer', async t => {
    const { got, port } = await receiver(t, (_, response) =>
      response.writeHead(307, { location: '/elsewhere' }).end(),
    )
    assert.deepEqual(await post(`http://127.0.0.1:${port}/`), { status: 307, error: null })
    assert.equal(got.length, 1)
  })

  it('reads no more of a huge answer than it needs, and waits for no slow one', async t => {
    let written = 0
    const huge = await receiver(t, (_, response) => {
      const chunk = Buffer.alloc(64 * 1024)
      const more = () => {
        while (!response.destroyed && response.write(chunk)) written += chunk.length
      }
      response.on('drain', more)
      more()
    })
    assert.deepEqual(await post(`http://127.0.0.1:${huge.port}/`), { status: 200, error: null })
    assert.ok(written < 50_000_000, `${written} bytes were taken`)
    const silent = await receiver(t, () => {})
    const late = await post(`http://127.0.0.1:${silent.port}/`, { tryMs: 100 })
    assert.deepEqual(late, { status: null, error: 'timed_out' })
    const dripping = await receiver(t, (_, response) => void response.writeHead(500).write('x'))
    const cut = await post(`http://127.0.0.1:${dripping.port}/`, { tryMs: 100 })
    assert.deepEqual(cut, { status: 500, error: null }, 'its status is known')
    const lookup = () => new Promise<HostAddress[]>(() => {})
    const unresolved = await post('http://hook.example/', { tryMs: 100, resolve: lookup })
    assert.deepEqual(unresolved, { status: null, error: 'timed_out' })
  })

  it('tells a connection that broke off from one that cannot be trusted, and names the host to TLS', async t => {
    const breaking = createTcpServer(socket => socket.once('data', () => socket.destroy()))
    const broken = await post(`http://127.0.0.1:${await portOf(t, breaking)}/`)
    assert.deepEqual(broken, { status: null, error: 'broken_off' })
    const names: string[] = []
    const tls = createTlsServer({
      SNICallback(name, callback) {
        names.push(name)
        callback(new Error('no certificate'))
      },
    })
    tls.on('tlsClientError', () => {})
    const url = `https://hook.example:${await portOf(t, tls)}/`
    const refused = await post(url, { resolve: async () => [HERE] })
    assert.equal(refused.status, null)
    assert.deepEqual(names, ['hook.example'])
    const plain = await receiver(t, () => {})
    const untrusted = await post(`https://127.0.0.1:${plain.port}/`)
    assert.deepEqual(untrusted, { status: null, error: 'not_trusted' })
  })
})
