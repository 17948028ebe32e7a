import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pipeline } from 'node:stream/promises'

export interface ServiceProxy {
  /** The address that is given to the product instead of the service's. */
  endpoint: string
  close(): void
}

/** What becomes of a request: it is passed on by `forward` and answered by `sendBack`, or otherwise. */
export type HandleRequest = (incoming: IncomingMessage, response: ServerResponse) => Promise<void>

/** A server before a service of AWS, or its emulator. A request whose handling fails gets no answer. */
export async function openServiceProxy(handle: HandleRequest): Promise<ServiceProxy> {
  const server = createServer((incoming, response) => {
    handle(incoming, response).catch(() => response.destroy())
  })
  // A receive may be open for longer than the default allows.
  server.requestTimeout = 0
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}

export interface ForwardOptions {
  /** The address of the service. */
  target: string
  /** The body where it was read already. */
  body?: Buffer | undefined
}

/** Passes a request on as it is, as long as its sender waits. @throws Error when the service does not answer */
export async function forward(
  incoming: IncomingMessage,
  response: ServerResponse,
  { target, body }: ForwardOptions,
): Promise<IncomingMessage> {
  const { method, url = '/', headers } = incoming
  // The header Host is signed, so it stays that of the proxy.
  const outgoing = request(new URL(url, target), { method, headers, agent: false, setHost: false })
  response.once('close', () => outgoing.destroy())
  const answered = once(outgoing, 'response')
  if (body) outgoing.end(body)
  else pipeline(incoming, outgoing).catch(() => outgoing.destroy())
  const [answer] = (await answered) as [IncomingMessage]
  return answer
}

/** Answers as the service did. */
export async function sendBack(answer: IncomingMessage, response: ServerResponse): Promise<void> {
  response.writeHead(answer.statusCode ?? 502, answer.headers)
  await pipeline(answer, response)
}
