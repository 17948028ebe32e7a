import { ERRORS } from '@tus/server'
import { AppError } from '#lib/vocabulary/errors.ts'
import { invalidRequest } from '../api/invalid-request.ts'

/** An error of the tus library. */
interface TusRefusal {
  status_code: number
  body: string
}

/** Converts an error of the tus library to an AppError; all others pass unchanged. */
export function asUploadError(
  thrown: unknown,
  about: { offset: number; given: number; limit: number },
): unknown {
  if (!isTusRefusal(thrown)) return thrown
  switch (thrown) {
    case ERRORS.FILE_NOT_FOUND:
      return new AppError('upload_not_found')
    case ERRORS.FILE_NO_LONGER_EXISTS:
      return new AppError('upload_expired')
    case ERRORS.INVALID_OFFSET:
      return new AppError('wrong_offset', { details: { expected: about.offset, offset: about.given } })
    case ERRORS.ERR_SIZE_EXCEEDED:
      return new AppError('more_than_announced')
    case ERRORS.ERR_MAX_SIZE_EXCEEDED:
      return new AppError('too_large', { details: { limit: about.limit / 1_000_000 } })
  }
  return thrown.status_code < 500 || thrown.status_code === 501 ? misunderstood(thrown.body) : thrown
}

/** Converts the library's message to an `invalid_request` with that reason. */
export function misunderstood(body: string): AppError {
  return invalidRequest(body.trim().replace(/\.$/, ''))
}

function isTusRefusal(thrown: unknown): thrown is TusRefusal {
  return typeof thrown === 'object' && thrown !== null && 'status_code' in thrown && 'body' in thrown
}
