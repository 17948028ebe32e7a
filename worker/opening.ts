import { setTimeout as wait } from 'node:timers/promises'
import type { Logger } from '#lib/log.ts'
import { asAppError } from '#lib/vocabulary/errors.ts'

/** Long enough to cost nothing, short enough for the operator who waits beside it after mending. */
const LOOK_AGAIN_MS = 30_000

export interface OpeningOptions {
  signal: AbortSignal
  log: Logger
  onTrouble(trouble: string): void
  lookAgainMs?: number
}

/**
 * Opens the shop, and while that fails says why and tries again, for the operator may mend it any moment.
 * Undefined when the signal came first.
 */
export async function openWhenPossible<T>(
  open: () => Promise<T>,
  { signal, log, onTrouble, lookAgainMs = LOOK_AGAIN_MS }: OpeningOptions,
): Promise<T | undefined> {
  let last: string | undefined
  while (!signal.aborted) {
    try {
      return await open()
    } catch (thrown) {
      const error = asAppError(thrown)
      const trouble = error.message.replace(`${error.code}: `, '')
      if (trouble !== last) log.error({ err: error.cause }, `No jobs are taken. ${trouble}`)
      last = trouble
      onTrouble(trouble)
      await wait(lookAgainMs, undefined, { signal }).catch(() => {})
    }
  }
  return undefined
}
