/** A process that does nothing still wakes up now and then: less than so much of the time counts as idle. */
const IDLE_SHARE = 0.01

/**
 * Tells a conversion that hangs from one that only says nothing: neither progress nor use of the processor for a
 * while. Times in milliseconds, from the same clock; the clock is handed in.
 */
export class StallClock {
  readonly #limitMs: number
  #since: number
  #cpuMs: number | undefined

  constructor(limitMs: number, now: number) {
    this.#limitMs = limitMs
    this.#since = now
  }

  /** The engine told something. */
  progressed(now: number): void {
    this.#since = now
    this.#cpuMs = undefined
  }

  /** Takes how much of the processor was used so far; undefined where nobody can tell. Gives whether it hangs. */
  isStalled(now: number, cpuMs: number | undefined): boolean {
    this.#cpuMs ??= cpuMs
    const used = cpuMs === undefined || this.#cpuMs === undefined ? Infinity : cpuMs - this.#cpuMs
    if (used >= this.#limitMs * IDLE_SHARE) {
      this.#since = now
      this.#cpuMs = cpuMs
    }
    return now - this.#since >= this.#limitMs
  }
}
