import { Agent, request } from 'node:http'
import { buffer } from 'node:stream/consumers'
import type { BenchDocument } from '../engine/bench-documents.ts'

const BOUNDARY = 'bench'
const agent = new Agent({ keepAlive: true })

/**
 * Converts a document by `POST /api/convert` of the product at `origin` and reads the whole answer.
 * @throws Error for any answer but 2xx
 */
export async function convertAt(
  origin: string,
  { bytes, format }: Pick<BenchDocument, 'bytes' | 'format'>,
): Promise<Buffer> {
  const url = `${origin}/api/convert`
  const head = `--${BOUNDARY}\r\ncontent-disposition: form-data; name="file"; filename="file.${format}"\r\n\r\n`
  const body = Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${BOUNDARY}--\r\n`)])
  const headers = {
    'content-type': `multipart/form-data; boundary=${BOUNDARY}`,
    'content-length': body.length,
  }
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>()
  const outgoing = request(url, { method: 'POST', agent, headers }, response => {
    const { statusCode = 0 } = response
    buffer(response).then(answer => {
      if (statusCode < 300) resolve(answer)
      else reject(new Error(`${url} was answered with ${statusCode}: ${answer}`))
    }, reject)
  })
  outgoing.on('error', reject).end(body)
  return promise
}
