import { AppError } from '#lib/vocabulary/errors.ts'
import { explainProblem } from '#worker/sandbox/sandbox-problem.ts'

/** How LibreOffice ended when it gave no result. `code` is null where it was not even started or was killed. */
export interface ProcessEnd {
  code: number | null
  stderr: string
  /** What else is known. */
  cause?: unknown
}

/** Programs of the sandbox that speak up before LibreOffice runs. */
const SANDBOX_OUTPUT = /^(bwrap|setpriv|prlimit|setsid|chown):/m

/**
 * What a missing result means. Code 0 is a refusal: LibreOffice ends so whatever it could not do. All other codes
 * are deaths, by signal (128 and more), out of memory, or by its own “fatal error”.
 */
export function failureOf({ code, stderr, cause }: ProcessEnd): AppError {
  if (SANDBOX_OUTPUT.test(stderr))
    return new AppError('sandbox_unavailable', { log: explainProblem(stderr), cause })
  const log = `LibreOffice ended with ${code}: ${stderr.trim().slice(0, 2000) || '(silent)'}`
  return new AppError(code === 0 ? 'conversion_failed' : 'engine_crashed', { log, cause })
}
