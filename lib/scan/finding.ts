import { AppError } from '#lib/errors.ts'

/** What a file turned out to be: a format that can be converted, or something else, named with its article. */
export type Finding = { format: string } | { other: string }

/** The refusal of a file that is broken; `reason` completes the sentence “This file is damaged: …”. */
export function corrupt(reason: string, cause?: unknown): AppError {
  const log = cause instanceof Error ? `${reason} (${cause.message})` : reason
  return new AppError('corrupt_file', { details: { reason }, log, cause })
}

export function locked(how: string): AppError {
  return new AppError('password_required', { log: how })
}
