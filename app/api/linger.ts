import type { IncomingMessage } from 'node:http'

/** A client that sends nothing for so long has read the answer, or never will. */
const QUIET_MS = 1000
const MOST_MS = 5000
const MOST_BYTES = 256 * 1024 * 1024

/**
 * A response that a client can read though it is still sending its body. Closing a connection with unread bytes makes
 * the system reset it, and the client's own writes then fail before it has seen the answer. So the whole response goes
 * out at once, what still comes is read and dropped for a bounded while, and only then the connection closes.
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

/** Reads on until the body ends, its sender leaves or falls silent, or it is too much. */
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
