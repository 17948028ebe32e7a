import { AppError } from '#lib/vocabulary/errors.ts'

/** The refusal of a result that grew beyond `limitBytes` bytes. */
export function tooLarge(target: string, limitBytes: number): AppError {
  const limit = Math.round(limitBytes / 1e6)
  return new AppError('result_too_large', { details: { limit, target: target.toUpperCase() } })
}
