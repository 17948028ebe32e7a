import type { UploadRecord } from '#lib/spool.ts'
import { inSpan } from '#lib/tracing/in-span.ts'
import type { StoredFileContext } from './intake.ts'
import type { Requester } from './requester.ts'

export const UPLOAD_SPAN = 'upload'

type Context = Pick<StoredFileContext, 'tracing'>

/**
 * Creates a job as a span, below the trace context of its requester; `create` is called with that of the span, which
 * the job carries from then on.
 */
export function inCreateSpan<T>(
  { id, requester }: { id: string; requester: Requester },
  { tracing }: Context,
  create: (requester: Requester) => Promise<T>,
): Promise<T> {
  const attributes = {
    'messaging.operation.name': 'create',
    'messaging.operation.type': 'create',
    'messaging.destination.name': 'convert',
    'nightshift.job.id': id,
  }
  const start = {
    name: 'create convert',
    kind: 'producer',
    parent: requester.traceparent,
    attributes,
  } as const
  return inSpan(tracing, start, span => create({ ...requester, traceparent: span?.traceparent }))
}

/** Tells of an upload that is finished, from its creation on. Resolves to its trace context. */
export async function traceUpload(
  { createdAt, length, traceparent }: UploadRecord,
  requester: Requester,
  { tracing }: Context,
): Promise<string | undefined> {
  const span = (await tracing?.tracer())?.start({
    name: UPLOAD_SPAN,
    parent: traceparent ?? requester.traceparent,
    startedAt: new Date(createdAt),
    attributes: { 'nightshift.source.bytes': length },
  })
  span?.end()
  return span?.traceparent
}
