import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Webhook } from 'standardwebhooks'
import type { WebhookPayload } from '#lib/webhooks/send-webhook.ts'

/** What a receiver got, with its headers. */
export interface ReceivedWebhook {
  headers: Record<string, string>
  body: string
  payload: WebhookPayload
  /** What the library of the standard makes of it. @throws where it is not signed by this secret */
  verifiedBy(secret: string): WebhookPayload
}

export interface WebhookReceiver {
  url: string
  got: ReceivedWebhook[]
  /** The status of the answers from now on. */
  status: number
  close(): Promise<void>
}

/** A server on this machine that takes webhooks. */
export async function openWebhookReceiver(): Promise<WebhookReceiver> {
  const receiver = { url: '', got: [] as ReceivedWebhook[], status: 204, close }
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    )
    const verifiedBy = (secret: string) => new Webhook(secret).verify(body, headers) as WebhookPayload
    receiver.got.push({ headers, body, payload: JSON.parse(body), verifiedBy })
    response.writeHead(receiver.status).end()
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`
  async function close(): Promise<void> {
    server.closeAllConnections()
    await new Promise(resolve => server.close(resolve))
  }
  return receiver
}
