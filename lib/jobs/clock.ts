/** The time by which leases, backoffs and waiting consumers go: the system's, or a test's own. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /** Runs it as soon as the current work is done. */
  soon(run: () => void): void
  /** Runs it once after `ms`; the answer takes that back. */
  after(ms: number, run: () => void): () => void
  /** Runs it every `ms`; the answer ends that. */
  every(ms: number, run: () => void): () => void
}

export const systemClock: Clock = {
  now: () => Date.now(),
  soon: run => queueMicrotask(run),
  after(ms, run) {
    // Does not keep the process: what is only due later is in the rows.
    const timer = setTimeout(run, ms).unref()
    return () => clearTimeout(timer)
  },
  every(ms, run) {
    const timer = setInterval(run, ms)
    return () => clearInterval(timer)
  },
}
