import { Watchdog } from '#worker/watchdog.ts'

const NO_LIMIT = Number.POSITIVE_INFINITY

/**
 * Aborts `signal` when a program and all that it started have done nothing for `ms`, or have used the processor for so
 * long. A limit by the clock would end what a busy machine only keeps waiting. It looks until `stop`.
 */
export function whileActive(
  pid: () => number | undefined,
  ms: number,
): { signal: AbortSignal; stop(): void } {
  const over = new AbortController()
  const limits = { stallMs: ms, cpuMs: ms, memoryBytes: NO_LIMIT, resultBytes: NO_LIMIT }
  const watchdog = new Watchdog({ pid, processTree: [], resultPath: '', target: '' }, limits, error =>
    over.abort(error),
  )
  return { signal: over.signal, stop: () => watchdog.stop() }
}
