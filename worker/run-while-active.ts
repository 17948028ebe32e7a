import type { Ended, Sandbox, SpawnOptions } from './sandbox.ts'
import { whileActive } from './watchdog/while-active.ts'

/**
 * Runs a short command of our own in the sandbox to its end; `ms` is how long it may be idle, in milliseconds.
 * @throws AppError `stalled`, `cpu_limit`; the signal's reason
 */
export async function runWhileActive(
  sandbox: Sandbox,
  command: readonly string[],
  { ms, signal, ...options }: SpawnOptions & { ms: number },
): Promise<Ended> {
  const working = whileActive(() => running.pid, ms)
  const stop = signal ? AbortSignal.any([signal, working.signal]) : working.signal
  const running = sandbox.spawn(command, { ...options, signal: stop })
  try {
    const ended = await running.ended
    if (!stop.aborted) return ended
    await running.kill()
    throw stop.reason
  } finally {
    working.stop()
  }
}
