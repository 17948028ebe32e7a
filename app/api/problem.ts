import { asAppError } from '#lib/errors.ts'

/** RFC 9457, with what to do next. */
export interface Problem {
  type: string
  title: string
  status: number
  detail: string
  code: string
  message: string
  nextStep: string
  retryable: boolean
}

/** Any thrown thing as `application/problem+json`. */
export function problemResponse(thrown: unknown): Response {
  const error = asAppError(thrown)
  const { code, message, nextStep, retryable } = error.toJobError()
  const problem: Problem = {
    type: 'about:blank',
    title: message,
    status: error.status,
    detail: `${message} ${nextStep}`,
    code,
    message,
    nextStep,
    retryable,
  }
  const headers = new Headers({ 'content-type': 'application/problem+json', 'cache-control': 'no-store' })
  if (error.retryAfter !== undefined) headers.set('retry-after', String(error.retryAfter))
  else if (error.status === 503 || error.status === 429) headers.set('retry-after', '5')
  return new Response(JSON.stringify(problem), { status: error.status, headers })
}
