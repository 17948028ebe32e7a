import type { IncomingMessage } from 'node:http'

/** What is trusted of a request's information about its client. */
export interface ClientAddress {
  /** Undefined when the connection is closed. */
  address: string | undefined
  host: string | undefined
  /** Undefined without a trusted proxy that sets it. */
  protocol: 'http' | 'https' | undefined
}

/**
 * The client of a request, behind the nearest `proxies` proxies. Each proxy appends the address that it saw, so values
 * further to the left are the client's own claim, and without proxies all of them are.
 */
export function clientOf(
  { headers, socket }: Pick<IncomingMessage, 'headers'> & Partial<Pick<IncomingMessage, 'socket'>>,
  proxies: number,
): ClientAddress {
  const forwarded = (name: string) => (proxies > 0 ? listOf(headers[name]) : [])
  const addresses = [...forwarded('x-forwarded-for'), socket?.remoteAddress]
  return {
    address: addresses.at(-1 - proxies) ?? addresses[0],
    host: lastOf(forwarded('x-forwarded-host'), proxies) ?? headers.host,
    protocol: protocolOf(lastOf(forwarded('x-forwarded-proto'), proxies)),
  }
}

/** Proxies that replace the previous value leave fewer values than there are proxies. */
const lastOf = (values: readonly string[], proxies: number) => values.at(-proxies) ?? values[0]

const listOf = (header: string | string[] | undefined) =>
  String(header ?? '')
    .split(',')
    .map(value => value.trim())
    .filter(Boolean)

/** Some proxies send `ws` or `wss` for a WebSocket. */
function protocolOf(forwarded: string | undefined): ClientAddress['protocol'] {
  if (/^(https|wss)$/i.test(forwarded ?? '')) return 'https'
  return /^(http|ws)$/i.test(forwarded ?? '') ? 'http' : undefined
}
