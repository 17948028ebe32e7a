import { once } from 'node:events'
import { connect } from 'node:net'

export interface RawAnswer {
  status: number
  head: string
  body: string
}

/**
 * Sends a request as it is written, for what no client would send, and closes the connection after the answer.
 * @throws Error where the connection ends before a whole answer
 */
export async function sendRaw(url: string, lines: readonly string[], body = ''): Promise<RawAnswer> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  socket.write(`${lines.join('\r\n')}\r\n\r\n${body}`)
  let received = ''
  for await (const piece of socket.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
    received += piece
    const answer = answerIn(received)
    if (!answer) continue
    const closed = once(socket, 'close')
    socket.resume().end()
    await closed
    return answer
  }
  throw new Error(`the connection ended after “${received}”`)
}

/** The answer, once all of it is there: by its length, or to the last chunk. */
function answerIn(received: string): RawAnswer | undefined {
  const [head = '', body] = received.split(/\r\n\r\n(.*)/s)
  if (body === undefined) return undefined
  if (/^HTTP\/1\.1 (204|304) /.test(head)) return { status: Number(head.split(' ')[1]), head, body }
  const length = /^content-length: *(\d+)/im.exec(head)?.[1]
  const isWhole =
    length === undefined ? body.endsWith('0\r\n\r\n') : Buffer.byteLength(body) >= Number(length)
  return isWhole ? { status: Number(head.split(' ')[1]), head, body } : undefined
}
