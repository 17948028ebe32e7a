import { createServer, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a proxy that ends TLS tells the server behind it. */
export type Seen = { address: string; host: string; protocol: string }

/** A proxy in front of `target` as people run one: it passes path and body on as they are, WebSocket too. */
export async function openProxy(target: string, seen: () => Seen) {
  const pass = (incoming: IncomingMessage) => {
    const { address, host, protocol } = seen()
    const told = {
      'x-forwarded-for': [incoming.headers['x-forwarded-for'], address].filter(Boolean).join(', '),
      'x-forwarded-host': host,
      'x-forwarded-proto': protocol,
    }
    const headers: IncomingHttpHeaders = { ...incoming.headers, ...told, host: new URL(target).host }
    return request(target + incoming.url, { method: incoming.method, headers, agent: false })
  }
  const server = createServer((incoming, outgoing) => {
    const behind = incoming.pipe(pass(incoming))
    behind.on('response', answer => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders)
      answer.pipe(outgoing)
    })
    behind.on('error', () => outgoing.destroy())
    outgoing.on('close', () => behind.destroy())
  })
  server.on('upgrade', (incoming, socket, sent) => {
    const behind = pass(incoming)
    behind.on('upgrade', (answer, through, received) => {
      const lines = answer.rawHeaders.flatMap((name, at, all) => (at % 2 ? [] : `${name}: ${all[at + 1]}`))
      socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('\r\n')}\r\n\r\n`)
      // Either side may have said more in the same breath.
      socket.write(received)
      through.write(sent)
      through.on('error', () => socket.destroy()).pipe(socket)
      socket.on('error', () => through.destroy()).pipe(through)
    })
    behind.on('response', () => socket.destroy())
    behind.on('error', () => socket.destroy())
    behind.end()
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}
