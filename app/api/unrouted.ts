import { AppError } from '#lib/vocabulary/errors.ts'
import { problemResponse } from './problem.ts'
import type { RouteTable } from './route-table.ts'

/** The response to a request without a route: the methods of its path, or not found. */
export function answerUnrouted(method: string, path: string, calls: RouteTable): Response {
  const methods = calls.methodsAt(path).join(', ')
  if (!methods) return problemResponse(new AppError('not_found'))
  const answer =
    method === 'OPTIONS'
      ? new Response(null, { status: 204 })
      : problemResponse(new AppError('method_not_allowed', { details: { method, methods } }))
  answer.headers.set('allow', methods)
  return answer
}
