import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Busboy, type BusboyInstance } from '@fastify/busboy'
import { AppError } from '#lib/errors.ts'

export interface Form<T> {
  fields: Record<string, string>
  file: { fileName: string; saved: T } | undefined
}

type Save<T> = (bytes: Readable, signal: AbortSignal) => Promise<T>

/**
 * Reads a form whose one file goes straight to `save`, never into memory; fields may stand before or after it.
 * @throws AppError `invalid_request`, `upload_interrupted`, and whatever `save` throws
 */
export async function readForm<T>(incoming: IncomingMessage, save: Save<T>): Promise<Form<T>> {
  const parser = openParser(incoming)
  const broken = new AbortController()
  const fields: Record<string, string> = {}
  let file: Promise<{ fileName: string; saved: T }> | undefined

  parser.on('field', (name, value) => {
    fields[name] = value
  })
  parser.on('file', (name, bytes, fileName) => {
    if (name !== 'file' || file) return void bytes.resume()
    file = save(bytes, broken.signal).then(saved => ({ fileName, saved }))
    // Refused while it still comes in (too large, disk full): stop reading, the answer must not wait for the rest.
    file.catch(error => parser.destroy(error))
  })

  try {
    await pipeline(incoming, parser)
  } catch (error) {
    broken.abort()
    await file // what the file itself was refused for tells more than a broken stream
    throw new AppError('upload_interrupted', { cause: error, log: String(error) })
  }
  return { fields, file: await file }
}

function openParser(incoming: IncomingMessage): BusboyInstance {
  const contentType = incoming.headers['content-type'] ?? ''
  if (!contentType.startsWith('multipart/form-data')) {
    throw new AppError('invalid_request', {
      details: { reason: 'the body must be multipart/form-data with the file in the field “file”' },
    })
  }
  try {
    const limits = { fields: 20, fieldSize: 10_000, files: 2, parts: 22 }
    return new Busboy({
      headers: { ...incoming.headers, 'content-type': contentType },
      limits,
      preservePath: false,
    })
  } catch (error) {
    throw new AppError('invalid_request', {
      details: { reason: 'the multipart form has no boundary' },
      cause: error,
    })
  }
}
