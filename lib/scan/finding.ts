import { AppError } from '#lib/vocabulary/errors.ts'
import type { Flags } from './flags.ts'

/** What a file turned out to be: a format that can be converted, or something else. */
export type Finding = Convertible | OtherKind

export interface OtherKind {
  /** With its article. */
  other: string
  /** What its sender can do, where there is something. */
  nextStep?: string
  /** Formats whose names it rightly bears. */
  names?: readonly string[]
}

export interface Convertible {
  format: string
  /** The part of a package without which nothing can be read. */
  main?: string
  /** What was seen on the way. */
  flags?: Partial<Flags>
}

/** The refusal of a file that is broken; `reason` completes the sentence “This file is damaged: …”. */
export function corrupt(reason: string, cause?: unknown): AppError {
  const log = cause instanceof Error ? `${reason} (${cause.message})` : reason
  return new AppError('corrupt_file', { details: { reason }, log, cause })
}

/** The refusal of a file that is a trap; `reason` completes the sentence “This file is not safe to open: …”. */
export function unsafe(reason: string, part?: string): AppError {
  const log = part === undefined ? reason : `${reason}: ${JSON.stringify(part.slice(0, 200))}`
  return new AppError('unsafe_archive', { details: { reason }, log })
}

export function lockedFile(how: string): AppError {
  return new AppError('password_required', { log: how })
}

/** The refusal of a file whose lock no password opens here; `kind` completes “LibreOffice opens no locked …”. */
export function passwordNoUse(kind: string): AppError {
  return new AppError('password_unsupported', { details: { kind } })
}
