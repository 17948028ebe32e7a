import { AppError } from '../vocabulary/errors.ts'

/** For a read of what may have been deleted meanwhile: undefined for `file_not_found`. @throws every other error */
export function unlessMissing(error: unknown): undefined {
  if (error instanceof AppError && error.code === 'file_not_found') return undefined
  throw error
}
