import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** What becomes of a call: it is passed on, refused as too many are, or done without an answer to the caller. */
export type Fate = 'pass' | 'throttle' | 'lose answer'

/** A call as it is told apart by the services: operation of the header, else method and path. */
export type FateOf = (call: string) => Fate

export interface UnreliableProxy {
  url: string
  /** How many calls met each fate. */
  counts: Record<Fate, number>
  close(): Promise<void>
}

/**
 * A network in front of a service of AWS that does not always work. The signed host passes, so the service takes the
 * signatures.
 */
export async function openUnreliableProxy(target: string, fateOf: FateOf): Promise<UnreliableProxy> {
  const counts = { pass: 0, throttle: 0, 'lose answer': 0 }
  const server = createServer((incoming, outgoing) => {
    const fate = fateOf(callOf(incoming))
    counts[fate]++
    if (fate === 'throttle') void refuse(incoming, outgoing)
    else pass({ incoming, outgoing, target, isAnswered: fate === 'pass' })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    counts,
    async close() {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

function callOf({ method, url, headers }: IncomingMessage): string {
  return String(headers['x-amz-target'] ?? `${method} ${url}`)
}

interface Passing {
  incoming: IncomingMessage
  outgoing: ServerResponse
  target: string
  isAnswered: boolean
}

function pass({ incoming, outgoing, target, isAnswered }: Passing): void {
  const { method, headers } = incoming
  const behind = request(new URL(incoming.url ?? '/', target), { method, headers, setHost: false })
  incoming.pipe(behind)
  behind.on('response', answer => {
    if (!isAnswered) {
      answer.resume().on('end', () => outgoing.destroy())
      return
    }
    outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders)
    answer.pipe(outgoing)
  })
  behind.on('error', () => outgoing.destroy())
  outgoing.on('close', () => behind.destroy())
}

/** As the service of the call says that there are too many. */
async function refuse(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const target = String(incoming.headers['x-amz-target'] ?? '')
  await text(incoming).catch(() => '')
  if (target.startsWith('DynamoDB'))
    answerJson(outgoing, 'com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException')
  else if (target.startsWith('AmazonSQS')) answerJson(outgoing, 'com.amazonaws.sqs#RequestThrottled')
  else if (incoming.method === 'POST' && incoming.url === '/')
    answerXml(
      outgoing,
      400,
      '<ErrorResponse><Error><Type>Sender</Type><Code>Throttling</Code><Message>Rate exceeded</Message></Error></ErrorResponse>',
    )
  else
    answerXml(
      outgoing,
      503,
      '<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>',
    )
}

function answerJson(outgoing: ServerResponse, type: string): void {
  outgoing.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' })
  outgoing.end(JSON.stringify({ __type: type, message: 'Rate exceeded' }))
}

function answerXml(outgoing: ServerResponse, status: number, body: string): void {
  outgoing.writeHead(status, { 'content-type': 'application/xml' })
  outgoing.end(`<?xml version="1.0" encoding="UTF-8"?>\n${body}`)
}
