import type { IncomingMessage } from 'node:http'
import { visit } from 'jsonc-parser'
import { AppError } from '#lib/vocabulary/errors.ts'
import { invalidRequest } from './invalid-request.ts'

const MOST_BYTES = 64 * 1024
const JSON_TYPE = 'application/json'

export const isJson = ({ headers }: IncomingMessage): boolean =>
  /^application\/json *(;|$)/i.test(headers['content-type'] ?? '')

/** Reads a small JSON body. @throws AppError `unsupported_media_type`, `invalid_request`, `upload_interrupted` */
export async function readJson(incoming: IncomingMessage, mostBytes = MOST_BYTES): Promise<unknown> {
  if (!isJson(incoming)) throw new AppError('unsupported_media_type', { details: { expected: JSON_TYPE } })
  return parseJson(await readSmallBody(incoming, mostBytes), 'the body')
}

/** Reads a small body as text. @throws AppError `invalid_request`, `upload_interrupted` */
export async function readSmallBody(incoming: IncomingMessage, mostBytes = MOST_BYTES): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  try {
    for await (const chunk of incoming.iterator({ destroyOnReturn: false })) {
      bytes += chunk.length
      if (bytes > mostBytes) throw invalidRequest(`the body is larger than ${mostBytes} bytes`)
      chunks.push(chunk)
    }
  } catch (error) {
    throw error instanceof AppError ? error : new AppError('upload_interrupted', { cause: error })
  }
  return Buffer.concat(chunks).toString()
}

/** Parses JSON and refuses duplicate fields, of which the parser would drop one. @throws AppError `invalid_request` */
export function parseJson(text: string, what: string): unknown {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw invalidRequest(`${what} is not JSON`, error)
  }
  const objects: Set<string>[] = []
  visit(text, {
    onObjectBegin: () => void objects.push(new Set()),
    onObjectProperty: name => {
      if (objects.at(-1)?.has(name)) throw invalidRequest(`“${name}” stands in ${what} more than once`)
      objects.at(-1)?.add(name)
    },
    onObjectEnd: () => void objects.pop(),
  })
  return value
}
