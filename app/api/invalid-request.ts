import { AppError } from '#lib/vocabulary/errors.ts'

/** What a sender got wrong, said as the reason in “This request cannot be understood: {reason}.” */
export function invalidRequest(reason: string, cause?: unknown): AppError {
  return new AppError('invalid_request', { details: { reason }, cause })
}
