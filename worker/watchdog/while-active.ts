import { Watchdog } from '#worker/watchdog.ts'

const NO_LIMIT = Number.POSITIVE_INFINITY

/**
 * Aborts `signal` when a program with its descendants was idle for `ms` milliseconds, or used the processor for that
 * long. A limit on wall time would end programs that only wait for a busy machine. It measures until `stop`.
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
