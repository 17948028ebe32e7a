import type { IncomingMessage } from 'node:http'
import { formatTraceparent, parseTraceparent, traceIdOf } from '#lib/tracing/trace-context.ts'
import type { Tracing } from '#lib/tracing.ts'

const joined = new WeakMap<IncomingMessage, string>()

/** The trace context that a sender gave; undefined where it is none, or no spans are recorded. */
export function senderTrace({ headers }: IncomingMessage, tracing: Tracing | undefined): string | undefined {
  const context = tracing && parseTraceparent(headers.traceparent?.toString())
  return context && formatTraceparent(context)
}

/** From here on the request belongs to the trace of this context. */
export function joinTrace(incoming: IncomingMessage, traceparent: string | undefined): void {
  if (traceparent !== undefined) joined.set(incoming, traceparent)
}

/** The trace that a request belongs to: that of the job it is about to make, or its sender's. */
export function traceIdOfRequest(
  incoming: IncomingMessage,
  tracing: Tracing | undefined,
): string | undefined {
  return traceIdOf(joined.get(incoming) ?? senderTrace(incoming, tracing))
}
