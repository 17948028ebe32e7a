/** The clock of leases, backoffs and waiting consumers: the system's, or a test's. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /** Runs the function after the current work. */
  soon(run: () => void): void
  /** Runs the function once after `ms` milliseconds; the returned function cancels it. */
  after(ms: number, run: () => void): () => void
  /** Runs the function every `ms` milliseconds; the returned function stops it. */
  every(ms: number, run: () => void): () => void
}

/** A timer for longer, about 25 days, fires at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

export const systemClock: Clock = {
  now: () => Date.now(),
  soon: run => queueMicrotask(run),
  after(ms, run) {
    let timer: NodeJS.Timeout
    function wait(left: number): void {
      const part = Math.min(left, LONGEST_TIMER_MS)
      // The timer does not keep the process alive, because the rows hold everything that is due later.
      timer = setTimeout(() => (left > part ? wait(left - part) : run()), part).unref()
    }
    wait(ms)
    return () => clearTimeout(timer)
  },
  every(ms, run) {
    const timer = setInterval(run, ms)
    return () => clearInterval(timer)
  },
}
