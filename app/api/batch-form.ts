import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import { cleanFileName } from '#lib/file-name.ts'
import { sourceKey } from '#lib/jobs.ts'
import type { StoredFile } from '#lib/storage.ts'
import { inSpan } from '#lib/tracing/in-span.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import { watchRate } from '../least-rate.ts'
import { senderTrace } from '../request-trace.ts'
import type { IntakeContext } from './intake.ts'
import { UPLOAD_SPAN } from './intake-spans.ts'
import { invalidRequest } from './invalid-request.ts'
import { feedForm, openForm } from './multipart.ts'

/** So many files are taken by one call. */
export const MOST_FILES = 1000

/** A file of a form: stored under a new job's id, or why it was not stored. */
export interface FormFile {
  id: string
  fileName: string
  /** With the folders that its sender gave. */
  path: string
  stored: StoredFile | AppError
  /** The trace context of its upload. */
  traceparent: string | undefined
}

/**
 * Reads a form of many files, each into storage as it comes. A file that cannot be stored does not stop the others; a
 * form that breaks off leaves nothing behind.
 * @throws AppError `unsupported_media_type`, `invalid_request`, `upload_interrupted`, `upload_too_slow`
 */
export async function readFilesOfForm(
  incoming: IncomingMessage,
  context: IntakeContext,
): Promise<{ fields: Record<string, string>; files: FormFile[] }> {
  const limits = { files: MOST_FILES, parts: MOST_FILES + 20 }
  const { parser, fields } = openForm(incoming, { limits, preservePath: true })
  const rate = watchRate(incoming, context.config.uploadStallMs)
  const broken = new AbortController()
  const files: Promise<FormFile>[] = []
  const parent = senderTrace(incoming, context.tracing)
  parser.on('file', (name, bytes, path) => {
    // The stream emits an error even after its reader is gone, and an unhandled one ends the process.
    bytes.on('error', () => {})
    if (name !== 'file') {
      bytes.resume()
      return void parser.destroy(invalidRequest(`a file stands in “${name}” and not in “file”`))
    }
    const file = { id: randomUUID(), fileName: cleanFileName(path), path }
    files.push(storedFile({ ...file, bytes, signal: broken.signal, parent }, context))
  })
  try {
    await feedForm(incoming, parser, rate.signal)
  } catch (error) {
    broken.abort(error)
    for (const { id } of await Promise.all(files)) await context.storage.delete(sourceKey(id))
    throw error
  } finally {
    rate.stop()
  }
  return { fields, files: await Promise.all(files) }
}

interface ComingFile extends Omit<FormFile, 'stored' | 'traceparent'> {
  bytes: Readable
  signal: AbortSignal
  /** The trace context of the form. */
  parent: string | undefined
}

async function storedFile(
  { bytes, signal, parent, ...file }: ComingFile,
  { storage, config, metrics, tracing }: IntakeContext,
): Promise<FormFile> {
  const options = { maxBytes: config.maxUploadBytes, signal, ownsChunks: true }
  let traceparent: string | undefined
  try {
    const stored = await inSpan(tracing, { name: UPLOAD_SPAN, parent }, span => {
      traceparent = span?.traceparent
      return storage.write(sourceKey(file.id), bytes, options)
    })
    metrics.observe({ type: 'received', bytes: stored.bytes })
    return { ...file, stored, traceparent }
  } catch (error) {
    // What is left of it must be read before the next file comes.
    bytes.resume()
    const refusal = error instanceof AppError ? error : new AppError('internal', { cause: error })
    return { ...file, stored: refusal, traceparent }
  }
}
