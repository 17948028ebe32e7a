import { AppError } from '#lib/vocabulary/errors.ts'
import type { Flags } from './flags.ts'

/** The detected kind of a file: a convertible format or another kind. */
export type Finding = Convertible | OtherKind

export interface OtherKind {
  /** With its article. */
  other: string
  /** What the sender can do instead, if anything. */
  nextStep?: string
  /** Other formats whose extension is also correct for it. */
  names?: readonly string[]
  /** Its name among the other kinds, where it has one. */
  kind?: string
}

export interface Convertible {
  format: string
  /** The part of a package that holds the document itself. */
  main?: string
  /** Flags that the detection already found. */
  flags?: Partial<Flags>
}

/** The refusal of a damaged file; `reason` completes the sentence “This file is damaged: …”. */
export function corrupt(reason: string, cause?: unknown): AppError {
  const log = cause instanceof Error ? `${reason} (${cause.message})` : reason
  return new AppError('corrupt_file', { details: { reason }, log, cause })
}

/** The refusal of a malicious file; `reason` completes the sentence “This file is not safe to open: …”. */
export function unsafe(reason: string, part?: string): AppError {
  const log = part === undefined ? reason : `${reason}: ${JSON.stringify(part.slice(0, 200))}`
  return new AppError('unsafe_archive', { details: { reason }, log })
}

/** The refusal of a file that needs a password; `how` is for the log. */
export function lockedFile(how: string): AppError {
  return new AppError('password_required', { log: how })
}

/** The refusal of a file that cannot be opened with any password; `kind` completes “LibreOffice opens no locked …”. */
export function passwordNoUse(kind: string): AppError {
  return new AppError('password_unsupported', { details: { kind } })
}
