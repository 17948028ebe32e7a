import type { IncomingMessage } from 'node:http'

/**
 * Whether a request comes from our own pages or from a program. Browsers name the page's origin in every
 * WebSocket handshake and every writing request; programs such as curl send none.
 */
export function isOwnOrigin(request: IncomingMessage, publicUrl?: string): boolean {
  const { origin, host } = request.headers
  if (origin === undefined) return request.headers['sec-fetch-site'] !== 'cross-site'
  if (!URL.canParse(origin)) return false
  const asked = new URL(origin)
  return asked.host === host || (publicUrl !== undefined && asked.origin === new URL(publicUrl).origin)
}
