import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import { Busboy, type BusboyInstance } from '@fastify/busboy'
import { AppError } from '#lib/vocabulary/errors.ts'
import { invalidRequest } from './invalid-request.ts'

export interface Form<T> {
  fields: Record<string, string>
  file: { fileName: string; saved: T } | undefined
}

export interface FormOptions<T> {
  /** Stores the file's bytes. The signal aborts when the form breaks off. */
  save: (bytes: Readable, signal: AbortSignal) => Promise<T>
  /** Aborts the parsing. */
  signal: AbortSignal
}

const LIMITS = { fields: 20, fieldSize: 10_000, files: 2, parts: 22 }

export interface ParserOptions {
  limits?: Partial<typeof LIMITS>
  /** Whether the name of a file keeps the folders that its sender gave. */
  preservePath?: boolean
}

/**
 * Parses a form and streams its one file to `save`, never into memory; fields may precede or follow it. The request is
 * not destroyed after an error, because it still needs a response.
 * @throws AppError `unsupported_media_type`, `invalid_request`, `upload_interrupted`, and whatever `save` throws; the
 * signal's reason
 */
export async function readForm<T>(
  incoming: IncomingMessage,
  { save, signal }: FormOptions<T>,
): Promise<Form<T>> {
  const { parser, fields } = openForm(incoming)
  const broken = new AbortController()
  let file: Promise<{ fileName: string; saved: T }> | undefined

  parser.on('file', (name, bytes, fileName) => {
    // The stream emits an error even after its reader is gone, and an unhandled one ends the process.
    bytes.on('error', () => {})
    if (name !== 'file' || file !== undefined) {
      bytes.resume()
      const reason =
        file !== undefined ? 'it has more than one file' : `its file stands in “${name}” and not in “file”`
      return void parser.destroy(invalidRequest(reason))
    }
    file = save(bytes, broken.signal).then(saved => ({ fileName, saved }))
    // Refused while it is still arriving (too large, disk full): stop parsing, so that the response does not wait for
    // the rest.
    file.catch(error => parser.destroy(error))
  })
  try {
    await feedForm(incoming, parser, signal)
    return { fields, file: await file }
  } catch (error) {
    broken.abort(error)
    await file?.catch(() => {}) // The bytes written so far are deleted before the response.
    throw error
  }
}

/**
 * A parser whose files are its caller's concern, and the fields as they come. @throws AppError
 * `unsupported_media_type`, `invalid_request`
 */
export function openForm(incoming: IncomingMessage, options: ParserOptions = {}) {
  const parser = openParser(incoming, options)
  // Without a prototype, because a field may have any name.
  const fields: Record<string, string> = Object.create(null)
  parser.on('field', (name, value, ...[, isCut]) => {
    if (isCut)
      parser.destroy(invalidRequest(`the field “${name}” is longer than ${LIMITS.fieldSize} characters`))
    if (name in fields) parser.destroy(invalidRequest(`the field “${name}” stands in it more than once`))
    fields[name] = value
  })
  for (const limit of ['partsLimit', 'fieldsLimit', 'filesLimit'] as const)
    parser.on(limit, () => parser.destroy(invalidRequest('it has too many parts')))
  return { parser, fields }
}

/** Resolves when the form was parsed. A pipeline would destroy the request with the parser, and the response with it. */
export function feedForm(
  incoming: IncomingMessage,
  parser: BusboyInstance,
  signal: AbortSignal,
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const cut = (cause?: unknown) =>
    reject(new AppError('upload_interrupted', { cause, log: String(cause ?? 'the form broke off') }))
  const stop = () => reject(signal.reason)
  const early = () => {
    if (!incoming.readableEnded) cut()
  }
  // A form that ends inside a part was cut off by a proxy; the parser reports that with its own error.
  const fail = (error: unknown) => (error instanceof AppError ? reject(error) : cut(error))
  parser.on('finish', resolve).on('error', fail)
  incoming.on('error', cut).on('close', early)
  signal.addEventListener('abort', stop, { once: true })
  incoming.pipe(parser)
  return promise.finally(() => {
    incoming.unpipe(parser)
    incoming.off('error', cut).off('close', early)
    // Without a listener, a disconnect of the client would be an unhandled error.
    incoming.on('error', () => {})
    signal.removeEventListener('abort', stop)
  })
}

function openParser(
  incoming: IncomingMessage,
  { limits, preservePath = false }: ParserOptions,
): BusboyInstance {
  const contentType = incoming.headers['content-type'] ?? ''
  if (!contentType.startsWith('multipart/form-data'))
    throw new AppError('unsupported_media_type', {
      details: { expected: 'multipart/form-data with the file in the field “file”' },
    })
  try {
    const headers = { ...incoming.headers, 'content-type': contentType }
    return new Busboy({ headers, limits: { ...LIMITS, ...limits }, preservePath })
  } catch (error) {
    throw invalidRequest('the multipart form has no boundary', error)
  }
}
