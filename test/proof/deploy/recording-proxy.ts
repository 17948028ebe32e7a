import { once } from 'node:events'
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import type { ServiceRequest } from './iam-calls.ts'

export interface RecordingProxy {
  /** The address that is given to the product instead of the emulator's. */
  endpoint: string
  close(): void
}

export interface RecordingOptions {
  /** The emulator’s address. */
  endpoint: string
  /** Whether bodies are files, which pass unread. */
  hasFiles?: boolean
  onRequest(request: ServiceRequest): void
}

/** Hands every request on to an emulator, as it is, and tells what it was. */
export async function openRecordingProxy(options: RecordingOptions): Promise<RecordingProxy> {
  const agent = new Agent({ keepAlive: false })
  const server = createServer((incoming, answer) => {
    pass(incoming, answer, { ...options, agent }).catch(() => answer.destroy())
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
      agent.destroy()
    },
  }
}

async function pass(
  incoming: IncomingMessage,
  answer: ServerResponse,
  { endpoint, hasFiles = false, onRequest, agent }: RecordingOptions & { agent: Agent },
): Promise<void> {
  const { method = '', url = '', headers } = incoming
  const body = hasFiles ? undefined : await buffer(incoming)
  onRequest({ method, url, headers, body: body?.toString() ?? '' })
  // The header Host is signed, so it stays that of the proxy.
  const outgoing = request(new URL(url, endpoint), { method, headers, agent, setHost: false })
  answer.once('close', () => outgoing.destroy())
  const answered = once(outgoing, 'response')
  if (body) outgoing.end(body)
  else pipeline(incoming, outgoing).catch(() => outgoing.destroy())
  const [response] = (await answered) as [IncomingMessage]
  answer.writeHead(response.statusCode ?? 502, response.headers)
  await pipeline(response, answer)
}
