import { AppError } from '#lib/vocabulary/errors.ts'
import { explainProblem } from '#worker/sandbox/sandbox-problem.ts'

/** How LibreOffice ended without a result. `code` is null where it could not be started or was killed. */
export interface ProcessEnd {
  code: number | null
  stderr: string
  /** Further details. */
  cause?: unknown
}

/** The programs of the sandbox that write to stderr before LibreOffice runs. */
const SANDBOX_OUTPUT = /^(bwrap|setpriv|prlimit|setsid|chown):/m

/**
 * The error for a missing result. Code 0 is a refusal: LibreOffice exits with it after every failed conversion. All
 * other codes mean that it died: by a signal (128 and more), out of memory, or by its own “fatal error”.
 */
export function failureOf({ code, stderr, cause }: ProcessEnd): AppError {
  if (SANDBOX_OUTPUT.test(stderr))
    return new AppError('sandbox_unavailable', { log: explainProblem(stderr), cause })
  const log = `LibreOffice ended with ${code}: ${stderr.trim().slice(0, 2000) || '(silent)'}`
  return new AppError(code === 0 ? 'conversion_failed' : 'engine_crashed', { log, cause })
}
