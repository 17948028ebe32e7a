import { asAppError } from '#lib/errors.ts'
import type { JobError } from '#lib/jobs.ts'

/** RFC 9457, with what to do next. */
export interface Problem extends JobError {
  type: string
  title: string
  status: number
  detail: string
}

/** Any thrown thing as `application/problem+json`. */
export function problemResponse(thrown: unknown): Response {
  const error = asAppError(thrown)
  const response = problemOf(error.toJobError(), error.status)
  if (error.retryAfter !== undefined) response.headers.set('retry-after', String(error.retryAfter))
  else if (error.status === 503 || error.status === 429) response.headers.set('retry-after', '5')
  return response
}

/** What went wrong, as `application/problem+json`. */
export function problemOf(error: JobError, status: number): Response {
  const { code, message, nextStep, retryable } = error
  const about = { type: 'about:blank', title: message, status, detail: `${message} ${nextStep}` }
  const problem: Problem = { ...about, code, message, nextStep, retryable }
  const headers = { 'content-type': 'application/problem+json', 'cache-control': 'no-store' }
  return new Response(JSON.stringify(problem), { status, headers })
}
