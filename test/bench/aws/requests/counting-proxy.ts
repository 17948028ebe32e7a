import { forward, openServiceProxy, type ServiceProxy, sendBack } from '#test/service-proxy.ts'
import type { CountedRequest, Passed } from './counted-request.ts'

/** So much of a body is looked at, in bytes. */
const LOOKED_AT = 16 * 1024

/** A server that passes everything on unchanged, signatures included, and counts it. */
export function openCountingProxy(
  target: string,
  counted: CountedRequest[],
  read: (passed: Passed) => CountedRequest,
): Promise<ServiceProxy> {
  return openServiceProxy(async (incoming, response) => {
    const asked: Buffer[] = []
    const answered: Buffer[] = []
    incoming.on('data', chunk => keepSome(asked, chunk))
    const answer = await forward(incoming, response, { target })
    answer.on('data', chunk => keepSome(answered, chunk))
    answer.on('end', () =>
      counted.push(read({ request: incoming, body: textOf(asked), answer: textOf(answered) })),
    )
    await sendBack(answer, response)
  })
}

function keepSome(kept: Buffer[], chunk: Buffer): void {
  const length = kept.reduce((sum, each) => sum + each.length, 0)
  if (length < LOOKED_AT) kept.push(Buffer.from(chunk.subarray(0, LOOKED_AT - length)))
}

const textOf = (kept: Buffer[]) => Buffer.concat(kept).toString('latin1')
