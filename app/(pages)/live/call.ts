/** Calls of our own API from the page. */
import { AppError } from '#lib/errors.ts'
import type { JobError } from '#lib/jobs.ts'

export interface Answer {
  /** What was refused, null when it was done. */
  refused: JobError | null
  /** The JSON of the answer, null where it has none. */
  body: unknown
}

/** Never throws: a server that cannot be reached is a refusal too. */
export async function call(method: string, path: string, json?: unknown): Promise<Answer> {
  const sent = json === undefined ? {} : { body: JSON.stringify(json), headers: JSON_TYPE }
  const response = await fetch(path, { method, ...sent }).catch(() => null)
  const body: unknown = await response?.json().catch(() => null)
  return { refused: response?.ok ? null : problemIn(body), body: body ?? null }
}

const JSON_TYPE = { 'Content-Type': 'application/json' }

/** What a refusal says. A proxy's own error page is no problem document: then it is ours to say something. */
export function problemIn(body: unknown): JobError {
  const { code, message, nextStep, retryable } = (body ?? {}) as Partial<JobError>
  if (typeof code === 'string' && typeof message === 'string' && typeof nextStep === 'string')
    return { code, message, nextStep, retryable: retryable === true }
  return new AppError('internal').toJobError()
}
