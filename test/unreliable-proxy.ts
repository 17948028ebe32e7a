import type { IncomingMessage, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { forward, openServiceProxy, type ServiceProxy, sendBack } from './service-proxy.ts'

/** What becomes of a call: it is passed on, refused as too many are, or done without an answer to the caller. */
export type Fate = 'pass' | 'throttle' | 'lose answer'

/** A call as it is told apart by the services: operation of the header, else method and path. */
export type FateOf = (call: string) => Fate

export interface UnreliableProxy extends ServiceProxy {
  /** How many calls met each fate. */
  counts: Record<Fate, number>
}

/** A network in front of a service of AWS that does not always work. */
export async function openUnreliableProxy(target: string, fateOf: FateOf): Promise<UnreliableProxy> {
  const counts = { pass: 0, throttle: 0, 'lose answer': 0 }
  const proxy = await openServiceProxy(async (incoming, response) => {
    const fate = fateOf(callOf(incoming))
    counts[fate]++
    if (fate === 'throttle') return refuse(incoming, response)
    const answer = await forward(incoming, response, { target })
    if (fate === 'pass') return sendBack(answer, response)
    await text(answer)
    response.destroy()
  })
  return { ...proxy, counts }
}

function callOf({ method, url, headers }: IncomingMessage): string {
  return String(headers['x-amz-target'] ?? `${method} ${url}`)
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
