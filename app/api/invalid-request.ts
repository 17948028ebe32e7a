import { AppError } from '#lib/vocabulary/errors.ts'

/** The refusal of an invalid request; `reason` completes “This request cannot be understood: {reason}.” */
export function invalidRequest(reason: string, cause?: unknown): AppError {
  return new AppError('invalid_request', { details: { reason }, cause })
}
