import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'

/** A request's head is a few KB: a client that needs longer only occupies a connection. In milliseconds. */
const HEAD_WITHIN_MS = 10_000
const CHECK_EVERY_MS = 2_500

/**
 * Node's server with the limits that uploads need. It accepts upgrades to WebSocket on the live path only; any other
 * upgrade (curl and Java offer HTTP/2) is ignored, and the request is answered as HTTP/1.1.
 */
export function createHttp(listener: RequestListener, basePath: string): Server {
  return createServer(
    {
      // A large file over a slow line needs its time, so a minimum rate cuts off stalled clients, not a total limit.
      requestTimeout: 0,
      headersTimeout: HEAD_WITHIN_MS,
      connectionsCheckingInterval: CHECK_EVERY_MS,
      shouldUpgradeCallback(request) {
        rewriteToOriginForm(request)
        return offersLiveSocket(request, basePath)
      },
    },
    listener,
  )
}

/** The path of Socket.IO. */
export const livePath = (basePath: string) => `${basePath}/socket.io`

function offersLiveSocket({ method, url = '', headers }: IncomingMessage, basePath: string): boolean {
  const offered = headers.upgrade?.split(',').map(protocol => protocol.trim().toLowerCase())
  const isOffered = method === 'GET' && offered?.includes('websocket')
  return isOffered === true && url.startsWith(`${livePath(basePath)}/`)
}

/** Rewrites `http://host/path` to `/path` at that host, as RFC 9112 (3.2.2) requires of every server. */
export function rewriteToOriginForm(request: IncomingMessage): void {
  const [, authority, path = ''] = /^https?:\/\/([^/?#]+)(.*)$/i.exec(request.url ?? '') ?? []
  if (authority === undefined) return
  request.url = path.startsWith('/') ? path : `/${path}`
  request.headers.host = authority.slice(authority.lastIndexOf('@') + 1)
}
