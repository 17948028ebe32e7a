import { get } from 'node:http'

/** How often a process is asked, and how long it may be silent before it counts as hung. */
export const LIVENESS = { everyMs: 1000, limitMs: 15_000 }

export interface LivenessOptions {
  /** Resolves when the process answered. */
  ask(signal: AbortSignal): Promise<void>
  onSilence(): void
  /** Ends the watch. */
  signal: AbortSignal
  everyMs: number
  limitMs: number
  /** In milliseconds, from any beginning. */
  now?: () => number
}

/**
 * Asks a process again and again, and calls `onSilence` once when no answer came for `limitMs`. Time in which this
 * process itself stood still (a laptop that slept, a machine without breath) is no silence of the other's.
 */
export function watchLiveness(options: LivenessOptions): void {
  const { ask, onSilence, signal, everyMs, limitMs, now = () => performance.now() } = options
  if (signal.aborted) return
  let silentMs = 0
  let last = now()
  const check = () => {
    const passed = now() - last
    last += passed
    if (passed < 2 * everyMs) silentMs += passed
    if (silentMs >= limitMs) {
      clearInterval(timer)
      onSilence()
      return
    }
    ask(AbortSignal.any([signal, AbortSignal.timeout(limitMs)])).then(
      () => {
        silentMs = 0
      },
      () => {}, // silence is counted, not failures: one answer among them is enough
    )
  }
  const timer = setInterval(check, everyMs)
  signal.addEventListener('abort', () => clearInterval(timer))
}

/** Resolves when the web process answers `/healthz`, whatever it says. @throws Error where it does not */
export function askHealth(
  { host, port }: { host: string; port: number },
  signal: AbortSignal,
): Promise<void> {
  const address = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host
  return new Promise((resolve, reject) => {
    // A connection of its own for each: a kept one could fail for reasons of its own.
    const request = get({ host: address, port, path: '/healthz', agent: false, signal }, answer => {
      answer.resume()
      resolve()
    })
    request.on('error', reject)
  })
}
