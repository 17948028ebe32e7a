import { setTimeout as wait } from 'node:timers/promises'
import type { Logger } from '#lib/log.ts'
import { asAppError } from '#lib/vocabulary/errors.ts'

/** Long enough to cost nothing, short enough for the operator who waits after a fix. In milliseconds. */
const RETRY_MS = 30_000

export interface OpenRetryOptions {
  signal: AbortSignal
  log: Logger
  onProblem(problem: string): void
  retryMs?: number
}

/**
 * Opens the runtime; after a failure it reports the reason and tries again, because the operator may fix the cause at
 * any time. Undefined when the signal aborts first.
 */
export async function openWithRetry<T>(
  open: () => Promise<T>,
  { signal, log, onProblem, retryMs = RETRY_MS }: OpenRetryOptions,
): Promise<T | undefined> {
  let last: string | undefined
  while (!signal.aborted) {
    try {
      return await open()
    } catch (thrown) {
      const error = asAppError(thrown)
      const problem = error.message.replace(`${error.code}: `, '')
      if (problem !== last) log.error({ err: error.cause }, `No jobs are taken. ${problem}`)
      last = problem
      onProblem(problem)
      await wait(retryMs, undefined, { signal }).catch(() => {})
    }
  }
  return undefined
}
