import type { IncomingMessage } from 'node:http'
import { addAbortSignal, Readable } from 'node:stream'
import { sourceKey } from '#lib/jobs.ts'
import { allOf } from '#lib/scan.ts'
import type { StoredFile } from '#lib/storage.ts'
import { inSpan } from '#lib/tracing/in-span.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import { watchRate } from '../least-rate.ts'
import { joinTrace, senderTrace } from '../request-trace.ts'
import type { IntakeContext } from './intake.ts'
import { UPLOAD_SPAN } from './intake-spans.ts'
import { readForm } from './multipart.ts'

/** The bytes of a file in so small a form are kept until its job is made: reading them again takes longer than the scan. */
const SMALL_BYTES = 256 * 1024

interface SavedSource extends StoredFile {
  content?: Buffer
}

/**
 * Reads a form with one file, as a span; the file is in storage under `id` afterwards. `traceparent` is the context of
 * the span.
 * @throws AppError for an invalid form; `no_file`
 */
export async function receiveForm(incoming: IncomingMessage, id: string, context: IntakeContext) {
  const parent = senderTrace(incoming, context.tracing)
  return inSpan(context.tracing, { name: UPLOAD_SPAN, parent }, async span => {
    joinTrace(incoming, span?.traceparent)
    return { ...(await readToStorage(incoming, id, context)), traceparent: span?.traceparent }
  })
}

async function readToStorage(
  incoming: IncomingMessage,
  id: string,
  { storage, config, metrics }: IntakeContext,
) {
  const { maxUploadBytes: maxBytes, uploadStallMs } = config
  const rate = watchRate(incoming, uploadStallMs)
  const isSmall = Number(incoming.headers['content-length']) <= SMALL_BYTES
  const save = async (bytes: Readable, signal: AbortSignal): Promise<SavedSource> => {
    const options = { maxBytes, signal }
    if (!isSmall) return storage.write(sourceKey(id), bytes, { ...options, ownsChunks: true })
    const content = await allOf(addAbortSignal(signal, bytes))
    return { ...(await storage.write(sourceKey(id), Readable.from([content]), options)), content }
  }
  try {
    const { fields, file } = await readForm(incoming, { save, signal: rate.signal })
    if (!file) throw new AppError('no_file')
    metrics.observe({ type: 'received', bytes: file.saved.bytes })
    return { fields, file }
  } finally {
    rate.stop()
  }
}
