import type { IncomingMessage } from 'node:http'
import { AppError } from '#lib/errors.ts'

const MOST_BYTES = 64 * 1024

/** A small JSON body. @throws AppError `invalid_request`, `upload_interrupted` */
export async function readJson(incoming: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  let bytes = 0
  try {
    for await (const chunk of incoming.iterator({ destroyOnReturn: false })) {
      bytes += chunk.length
      if (bytes > MOST_BYTES) throw wrong(`the JSON body is larger than ${MOST_BYTES} bytes`)
      chunks.push(chunk)
    }
  } catch (error) {
    throw error instanceof AppError ? error : new AppError('upload_interrupted', { cause: error })
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString())
  } catch (error) {
    throw wrong('the body is not JSON', error)
  }
}

function wrong(reason: string, cause?: unknown): AppError {
  return new AppError('invalid_request', { details: { reason }, cause })
}
