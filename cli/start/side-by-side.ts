import { setImmediate as nextTurn } from 'node:timers/promises'

type Work = (signal: AbortSignal) => Promise<void>

/**
 * Runs independent steps at the same time. When one fails, the others are aborted and waited for; one that fails at
 * once keeps those after it from starting.
 * @param asked aborts all
 * @throws the first failure
 */
export async function sideBySide(asked: AbortSignal, works: readonly Work[]): Promise<void> {
  const failed = new AbortController()
  const signal = AbortSignal.any([asked, failed.signal])
  const failures: unknown[] = []
  const running: Promise<void>[] = []
  for (const work of works) {
    if (signal.aborted) break
    const done = work(signal).catch(error => {
      failures.push(error)
      failed.abort()
    })
    running.push(done)
    await nextTurn()
  }
  await Promise.all(running)
  asked.throwIfAborted()
  if (failures.length > 0) throw failures[0]
}
