import { createServer, request as send } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { CountedRequest, Passed } from './counted-request.ts'

/** So much of a body is looked at, in bytes. */
const LOOKED_AT = 16 * 1024

/** A server that passes everything on unchanged, signatures included, and counts it. */
export async function openCountingProxy(
  endpoint: string,
  counted: CountedRequest[],
  read: (passed: Passed) => CountedRequest,
) {
  const { hostname, port } = new URL(endpoint)
  const server = createServer((request, response) => {
    const { method, url: path, headers } = request
    const asked: Buffer[] = []
    const passed = send({ hostname, port, method, path, headers }, answer => {
      const answered: Buffer[] = []
      response.writeHead(answer.statusCode ?? 500, answer.headers)
      answer.on('data', chunk => keepSome(answered, chunk)).pipe(response)
      answer.on('end', () => counted.push(read({ request, body: textOf(asked), answer: textOf(answered) })))
    })
    passed.on('error', () => response.destroy())
    response.on('close', () => passed.destroy())
    request.on('data', chunk => keepSome(asked, chunk)).pipe(passed)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

function keepSome(kept: Buffer[], chunk: Buffer): void {
  const length = kept.reduce((sum, each) => sum + each.length, 0)
  if (length < LOOKED_AT) kept.push(Buffer.from(chunk.subarray(0, LOOKED_AT - length)))
}

const textOf = (kept: Buffer[]) => Buffer.concat(kept).toString('latin1')
