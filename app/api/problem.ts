import { asAppError } from '#lib/vocabulary/errors.ts'
import type { JobError } from '#lib/vocabulary/job.ts'

/** An RFC 9457 problem with a next step. */
export interface Problem extends JobError {
  type: string
  title: string
  status: number
  detail: string
  /** Of the trace that the request belongs to. */
  traceId?: string | undefined
}

/** Converts any thrown value to an `application/problem+json` response; `traceId` is that of the request's trace. */
export function problemResponse(thrown: unknown, traceId?: string): Response {
  const error = asAppError(thrown)
  const response = problemOf(error.toJobError(), error.status, traceId)
  if (error.retryAfter !== undefined) response.headers.set('retry-after', String(error.retryAfter))
  else if (error.status === 503 || error.status === 429) response.headers.set('retry-after', '5')
  return response
}

/** An error as an `application/problem+json` response. */
export function problemOf(error: JobError, status: number, traceId?: string): Response {
  return new Response(JSON.stringify({ ...problemBody(error, status), traceId }), {
    status,
    headers: PROBLEM_HEADERS,
  })
}

export const PROBLEM_HEADERS = { 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store' }

/** The fields of a problem. */
export function problemBody(
  { code, message, nextStep, retryable, details }: JobError,
  status: number,
): Problem {
  const about = { type: 'about:blank', title: message, status, detail: `${message} ${nextStep}` }
  return { ...about, code, message, nextStep, retryable, details }
}
