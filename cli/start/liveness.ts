// Imported, the module would load the whole client behind `fetch` as well, for 80 ms.
const { get } = process.getBuiltinModule('node:http')

/** How often a process is checked, and how long it may be silent before it counts as hung, in milliseconds. */
export const LIVENESS = { everyMs: 1000, limitMs: 15_000 }

export interface LivenessOptions {
  /** Resolves when the process answered. */
  ask(signal: AbortSignal): Promise<void>
  onSilence(): void
  /** Ends the watch when it aborts. */
  signal: AbortSignal
  everyMs: number
  limitMs: number
  /** A clock in milliseconds from any origin. */
  now?: () => number
}

/**
 * Checks a process regularly and calls `onSilence` once when no answer came for `limitMs`. Time in which this process
 * itself was stopped (a sleeping laptop, an overloaded machine) does not count.
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
      () => {}, // Silence counts, not failures: one answer among failures is enough.
    )
  }
  const timer = setInterval(check, everyMs)
  signal.addEventListener('abort', () => clearInterval(timer))
}

/** Resolves when the web process answers `/healthz` with any status. @throws Error where it does not */
export async function askHealth(web: WebAddress, signal: AbortSignal): Promise<void> {
  await askWeb(web, { path: '/healthz', signal })
}

/** Where the web process listens. */
export interface WebAddress {
  host: string
  port: number
}

/** The status with which the web process answers. @throws Error where it does not answer */
export function askWeb(
  { host, port }: WebAddress,
  { path, signal }: { path: '/healthz' | '/readyz'; signal: AbortSignal },
): Promise<number | undefined> {
  const address = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host
  return new Promise((resolve, reject) => {
    // A new connection each time, because a kept one may fail for other reasons.
    const request = get({ host: address, port, path, agent: false, signal }, answer => {
      answer.resume()
      resolve(answer.statusCode)
    })
    request.on('error', reject)
  })
}
