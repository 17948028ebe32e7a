import type { IncomingMessage } from 'node:http'
import { sourceKey } from '#lib/jobs.ts'
import { inSpan } from '#lib/tracing/in-span.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import { watchRate } from '../least-rate.ts'
import { joinTrace, senderTrace } from '../request-trace.ts'
import type { IntakeContext } from './intake.ts'
import { UPLOAD_SPAN } from './intake-spans.ts'
import { readForm } from './multipart.ts'

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
  try {
    const { fields, file } = await readForm(incoming, {
      save: (bytes, signal) => storage.write(sourceKey(id), bytes, { maxBytes, signal, ownsChunks: true }),
      signal: rate.signal,
    })
    if (!file) throw new AppError('no_file')
    metrics.observe({ type: 'received', bytes: file.saved.bytes })
    return { fields, file }
  } finally {
    rate.stop()
  }
}
