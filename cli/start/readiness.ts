import { setTimeout as wait } from 'node:timers/promises'
import { askWeb, type WebAddress } from './liveness.ts'

/** The time between two questions grows from the first to the last, in milliseconds. */
const FIRST_MS = 50
const LAST_MS = 2000
const ANSWER_WITHIN_MS = 5000

/** Resolves to true when `/readyz` tells that a job would start at once; to false when the signal aborts first. */
export async function untilReady(web: WebAddress, signal: AbortSignal): Promise<boolean> {
  for (let pauseMs = FIRST_MS; !signal.aborted; pauseMs = Math.min(LAST_MS, pauseMs * 1.5)) {
    const within = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_WITHIN_MS)])
    const status = await askWeb(web, { path: '/readyz', signal: within }).catch(() => undefined)
    if (status === 200) return true
    await wait(pauseMs, undefined, { signal }).catch(() => {})
  }
  return false
}
