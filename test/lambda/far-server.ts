import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'

export interface FarServer {
  endpoint: string
  close(): void
}

/** A server that hands requests to another one, each so many milliseconds late. */
export async function openFarServer(endpoint: string, lateMs: number): Promise<FarServer> {
  const server = createServer(async (request, response) => {
    const body = await buffer(request)
    await wait(lateMs)
    const { 'content-type': type = '' } = request.headers
    const answer = await fetch(`${endpoint}${request.url}`, {
      ...{ method: 'POST', headers: { 'Content-Type': type }, body: new Uint8Array(body) },
    })
    response.writeHead(answer.status, { 'Content-Type': answer.headers.get('Content-Type') ?? type })
    response.end(await answer.text())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
