import type { SpanStart, TraceSpan, Tracing } from '../tracing.ts'
import { AppError } from '../vocabulary/errors.ts'

/** Does work as a span, which it is given; without tracing it is given none. What it throws is the span's error. */
export async function inSpan<T>(
  tracing: Tracing | undefined,
  start: SpanStart,
  work: (span: TraceSpan | undefined) => Promise<T>,
): Promise<T> {
  const span = (await tracing?.tracer())?.start(start)
  try {
    const done = await work(span)
    span?.end()
    return done
  } catch (error) {
    span?.end({ errorType: errorTypeOf(error) })
    throw error
  }
}

/** A code of the error table, that of the system or the kind of the error. */
export function errorTypeOf(error: unknown): string {
  if (error instanceof AppError) return error.code
  if (!(error instanceof Error)) return 'unknown'
  return (error as NodeJS.ErrnoException).code ?? error.name
}
