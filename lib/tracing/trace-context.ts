/** W3C Trace Context, level 1: the header `traceparent`, in which a trace goes from one process to another. */

/** Version, trace id, span id, flags, and what a version after the first may add. */
const TRACEPARENT =
  /^(?!ff)(?<version>[\da-f]{2})-(?!0{32})(?<traceId>[\da-f]{32})-(?!0{16})(?<spanId>[\da-f]{16})-(?<flags>[\da-f]{2})(?<more>-.*)?$/

/** The fields of a trace context; ids are hexadecimal. */
export interface TraceContext {
  traceId: string
  spanId: string
  flags: number
}

/** Undefined for a text that is none by the standard: such a one is ignored, as if there was none. */
export function parseTraceparent(text: string | null | undefined): TraceContext | undefined {
  const { version, traceId, spanId, flags, more } = TRACEPARENT.exec(text?.trim() ?? '')?.groups ?? {}
  if (!traceId || !spanId || !flags || (version === '00' && more !== undefined)) return undefined
  return { traceId, spanId, flags: Number.parseInt(flags, 16) }
}

export function formatTraceparent({ traceId, spanId, flags }: TraceContext): string {
  return `00-${traceId}-${spanId}-${flags.toString(16).padStart(2, '0')}`
}

/** The id of the trace, in hexadecimal; undefined without one. */
export function traceIdOf(traceparent: string | null | undefined): string | undefined {
  return parseTraceparent(traceparent)?.traceId
}
