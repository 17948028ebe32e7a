import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'

/** A request's head is a few KB: whoever needs longer holds a connection and wants nothing. */
const HEAD_WITHIN_MS = 10_000
const CHECK_EVERY_MS = 2_500

/**
 * Node's server with the limits that uploads need. An offer to speak something else is taken for a WebSocket on the
 * live path alone; any other (curl and Java offer HTTP/2) may be ignored, and is: the request is answered as HTTP/1.1.
 */
export function createHttp(listener: RequestListener, basePath: string): Server {
  return createServer(
    {
      // A large file over a slow line takes as long as it takes; a least rate, not a limit in all, cuts who stalls.
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

/** Where Socket.IO listens. */
export const livePath = (basePath: string) => `${basePath}/socket.io`

function offersLiveSocket({ method, url = '', headers }: IncomingMessage, basePath: string): boolean {
  const offered = headers.upgrade?.split(',').map(protocol => protocol.trim().toLowerCase())
  const isOffered = method === 'GET' && offered?.includes('websocket')
  return isOffered === true && url.startsWith(`${livePath(basePath)}/`)
}

/** Takes `http://host/path` for `/path` at that host, as RFC 9112 (3.2.2) asks of every server. */
export function rewriteToOriginForm(request: IncomingMessage): void {
  const [, authority, path = ''] = /^https?:\/\/([^/?#]+)(.*)$/i.exec(request.url ?? '') ?? []
  if (authority === undefined) return
  request.url = path.startsWith('/') ? path : `/${path}`
  request.headers.host = authority.slice(authority.lastIndexOf('@') + 1)
}
