import type { IncomingMessage } from 'node:http'

/** A client that sends nothing for this long has read the response, or never will. In milliseconds. */
const QUIET_MS = 1000
const MOST_MS = 5000
const MOST_BYTES = 256 * 1024 * 1024

/**
 * Sends a response that a client can read while it is still sending its body. Closing a connection with unread bytes
 * makes the system reset it, and the client's writes then fail before it has read the response. So the whole response
 * is sent at once, the rest of the body is read and dropped for a limited time, and only then the connection closes.
 */
export async function lingerOver(incoming: IncomingMessage, response: Response): Promise<Response> {
  if (!isStillComing(incoming)) return response
  const body = new Uint8Array(await response.arrayBuffer())
  const { status, headers } = response
  headers.set('content-length', String(body.length))
  headers.set('connection', 'close')
  const stream = new ReadableStream<Uint8Array>({
    start: controller => controller.enqueue(body),
    async pull(controller) {
      await dropTheRest(incoming)
      controller.close()
    },
  })
  return new Response(stream, { status, headers })
}

function isStillComing(incoming: IncomingMessage): boolean {
  const { headers, complete, destroyed } = incoming
  const hasBody = Number(headers['content-length']) > 0 || headers['transfer-encoding'] !== undefined
  return hasBody && !complete && !destroyed
}

/** Reads until the body ends, the client disconnects or pauses, or a size limit is reached. */
function dropTheRest(incoming: IncomingMessage): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const quiet = setTimeout(resolve, QUIET_MS)
  const late = setTimeout(resolve, MOST_MS)
  let bytes = 0
  const drop = (chunk: Buffer) => {
    quiet.refresh()
    bytes += chunk.length
    if (bytes > MOST_BYTES) resolve()
  }
  const stop = () => resolve()
  incoming.on('data', drop).on('end', stop).on('error', stop).on('close', stop)
  incoming.resume()
  return promise.finally(() => {
    clearTimeout(quiet)
    clearTimeout(late)
    incoming.off('data', drop).off('end', stop).off('close', stop)
  })
}
