import { ERRORS } from '@tus/server'
import { AppError } from '#lib/vocabulary/errors.ts'
import { invalidRequest } from '../api/invalid-request.ts'

/** What the tus library refuses with. */
interface TusRefusal {
  status_code: number
  body: string
}

/** Any refusal of the tus library in our words; everything else stays what it is. */
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

/** What the library said of the request, as a reason in a sentence of ours. */
export function misunderstood(body: string): AppError {
  return invalidRequest(body.trim().replace(/\.$/, ''))
}

function isTusRefusal(thrown: unknown): thrown is TusRefusal {
  return typeof thrown === 'object' && thrown !== null && 'status_code' in thrown && 'body' in thrown
}
