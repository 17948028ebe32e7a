import type { IncomingMessage } from 'node:http'

/** Of the parts of the limit after which a body is looked at: it may stall for a fifth more than the limit. */
const LOOKS_IN_LIMIT = 5

/**
 * Breaks the body of an answer with an error once `limitMs` milliseconds pass in which it waits for bytes and none
 * arrive. Time in which its reader takes nothing does not count: then the body waits for the reader.
 */
export function endIfStalled(body: IncomingMessage, limitMs: number): void {
  const { socket } = body
  let received = socket.bytesRead
  let since = performance.now()
  const look = () => {
    const waitsForBytes = !body.complete && body.readableLength < body.readableHighWaterMark
    if (!waitsForBytes || socket.bytesRead !== received) {
      received = socket.bytesRead
      since = performance.now()
    } else if (performance.now() - since >= limitMs)
      body.destroy(new Error(`the service sent nothing of an object for ${limitMs / 1000} s`))
  }
  const timer = setInterval(look, limitMs / LOOKS_IN_LIMIT).unref()
  const stop = () => clearInterval(timer)
  body.once('end', stop).once('close', stop)
}
