import { createServer, type RequestListener, type Server } from 'node:http'

/** A request's head is a few KB: whoever needs longer holds a connection and wants nothing. */
const HEAD_WITHIN_MS = 10_000
const LOOK_EVERY_MS = 2_500

/** Node's server with the limits that uploads need. */
export function createHttp(listener: RequestListener): Server {
  return createServer(
    {
      // A large file over a slow line takes as long as it takes; a least rate, not a limit in all, cuts who stalls.
      requestTimeout: 0,
      headersTimeout: HEAD_WITHIN_MS,
      connectionsCheckingInterval: LOOK_EVERY_MS,
    },
    listener,
  )
}
