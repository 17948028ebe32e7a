import type { IncomingMessage } from 'node:http'
import { AppError } from '#lib/errors.ts'

const MOST_BYTES = 64 * 1024
const JSON_TYPE = 'application/json'

export const isJson = ({ headers }: IncomingMessage): boolean =>
  /^application\/json *(;|$)/i.test(headers['content-type'] ?? '')

/** A small JSON body. @throws AppError `unsupported_media_type`, `invalid_request`, `upload_interrupted` */
export async function readJson(incoming: IncomingMessage): Promise<unknown> {
  if (!isJson(incoming)) throw new AppError('unsupported_media_type', { details: { expected: JSON_TYPE } })
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
