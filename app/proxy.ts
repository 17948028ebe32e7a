import type { IncomingMessage } from 'node:http'

/** What a request says of its sender, as far as it can be believed. */
export interface ClientAddress {
  /** Undefined when the connection has gone. */
  address: string | undefined
  host: string | undefined
  /** Undefined where no trusted proxy says it. */
  protocol: 'http' | 'https' | undefined
}

/**
 * Who sent a request, seen past the nearest `proxies` proxies. Each adds what it saw at the end of its header, so what
 * stands further ahead is the sender's own word, and without proxies all of it is.
 */
export function clientOf({ headers, socket }: IncomingMessage, proxies: number): ClientAddress {
  const forwarded = (name: string) => (proxies > 0 ? listOf(headers[name]) : [])
  const addresses = [...forwarded('x-forwarded-for'), socket.remoteAddress]
  return {
    address: addresses.at(-1 - proxies) ?? addresses[0],
    host: lastOf(forwarded('x-forwarded-host'), proxies) ?? headers.host,
    protocol: protocolOf(lastOf(forwarded('x-forwarded-proto'), proxies)),
  }
}

/** Proxies that put a value in the place of the one before leave fewer values than there are proxies. */
const lastOf = (values: readonly string[], proxies: number) => values.at(-proxies) ?? values[0]

const listOf = (header: string | string[] | undefined) =>
  String(header ?? '')
    .split(',')
    .map(value => value.trim())
    .filter(Boolean)

/** Some proxies call the protocol of a WebSocket by its own name. */
function protocolOf(forwarded: string | undefined): ClientAddress['protocol'] {
  if (/^(https|wss)$/i.test(forwarded ?? '')) return 'https'
  return /^(http|ws)$/i.test(forwarded ?? '') ? 'http' : undefined
}
