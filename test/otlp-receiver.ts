import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A span as a collector got it; times are in milliseconds since 1970. */
export interface ReceivedSpan {
  service: string
  /** The process that told it. */
  instance: string
  name: string
  kind: number
  traceId: string
  spanId: string
  /** Undefined for one that begins a trace. */
  parentSpanId: string | undefined
  startedAt: number
  endedAt: number
  attributes: Record<string, unknown>
  isError: boolean
}

interface OtlpAttribute {
  key: string
  value: Record<string, unknown>
}

interface OtlpRequest {
  resourceSpans: {
    resource: { attributes: OtlpAttribute[] }
    scopeSpans: { spans: OtlpSpan[] }[]
  }[]
}

interface OtlpSpan {
  name: string
  kind: number
  traceId: string
  spanId: string
  parentSpanId?: string
  startTimeUnixNano: string
  endTimeUnixNano: string
  attributes: OtlpAttribute[]
  status: { code: number }
}

/** A collector on this machine, as OTLP over HTTP with JSON has it. */
export interface OtlpReceiver {
  /** For `OTEL_EXPORTER_OTLP_ENDPOINT`. */
  url: string
  spans: ReceivedSpan[]
  /** The headers of the latest call. */
  headers: Record<string, unknown>
  calls: number
  /** The status of the answers from now on. */
  status: number
  close(): Promise<void>
}

export async function openOtlpReceiver(): Promise<OtlpReceiver> {
  const receiver: OtlpReceiver = { url: '', spans: [], headers: {}, calls: 0, status: 200, close }
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    receiver.headers = request.headers
    receiver.calls++
    if (receiver.status === 200 && request.url === '/v1/traces')
      receiver.spans.push(...spansOf(JSON.parse(body)))
    response.writeHead(receiver.status, { 'content-type': 'application/json' }).end('{}')
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  async function close(): Promise<void> {
    server.closeAllConnections()
    await new Promise(resolve => server.close(resolve))
  }
  return receiver
}

function spansOf({ resourceSpans }: OtlpRequest): ReceivedSpan[] {
  return resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const about = recordOf(resource.attributes)
    const process = { service: String(about['service.name']), instance: String(about['service.instance.id']) }
    return scopeSpans.flatMap(({ spans }) => spans.map(span => ({ ...process, ...receivedOf(span) })))
  })
}

function receivedOf({ startTimeUnixNano, endTimeUnixNano, attributes, status, ...span }: OtlpSpan) {
  const { name, kind, traceId, spanId, parentSpanId } = span
  return {
    ...{ name, kind, traceId, spanId, parentSpanId: parentSpanId || undefined },
    startedAt: msOf(startTimeUnixNano),
    endedAt: msOf(endTimeUnixNano),
    attributes: recordOf(attributes),
    isError: status.code === 2,
  }
}

const recordOf = (attributes: readonly OtlpAttribute[]) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]))

/** Clocks here tick in milliseconds; a float of nanoseconds does not hold them exactly. */
const msOf = (nano: string) => Math.round(Number(nano) / 1e6)
