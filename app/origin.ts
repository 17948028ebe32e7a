import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import type { Config } from '#lib/config.ts'
import { clientOf } from './proxy.ts'

/** The public address of this instance, as browsers see it. */
export type PublicAddress = Pick<Config, 'publicUrl' | 'basePath' | 'trustProxy'>

/**
 * Whether a request comes from our own pages or from a program. Browsers send the page's origin with every WebSocket
 * handshake and every writing request; programs such as curl send none.
 */
export function isOwnOrigin(
  request: IncomingMessage,
  { publicUrl, trustProxy }: Omit<PublicAddress, 'basePath'>,
): boolean {
  const { origin } = request.headers
  if (origin === undefined) return request.headers['sec-fetch-site'] !== 'cross-site'
  if (!URL.canParse(origin)) return false
  const asked = new URL(origin)
  if (publicUrl !== undefined && asked.origin === new URL(publicUrl).origin) return true
  const { host, protocol = asked.protocol.slice(0, -1) } = clientOf(request, trustProxy)
  const own = `${protocol}://${host}`
  return host !== undefined && URL.canParse(own) && asked.origin === new URL(own).origin
}

/** Where a request found this instance, such as `https://example.org/convert`: its origin and base path. */
export function publicAddress(
  headers: IncomingHttpHeaders,
  { publicUrl, basePath, trustProxy }: PublicAddress,
): string {
  if (publicUrl !== undefined) return new URL(publicUrl).origin + basePath
  const { host = 'localhost', protocol = 'http' } = clientOf({ headers }, trustProxy)
  return `${protocol}://${host}${basePath}`
}
