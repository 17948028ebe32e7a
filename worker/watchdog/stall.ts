/** An idle process still wakes up now and then: a smaller share of the time counts as idle. */
const IDLE_SHARE = 0.01
/**
 * A longer step than this, twice the measuring interval, means that this process itself was stopped, as while the
 * machine slept or was overloaded, and does not count as idle time. In milliseconds.
 */
const LONGEST_STEP_MS = 400

/**
 * Distinguishes a hanging conversion from a silent one: neither progress nor processor use for a while. Times in
 * milliseconds, from one clock, which is injected.
 */
export class StallClock {
  readonly #limitMs: number
  #silentMs = 0
  #lookedAt: number
  #cpuMs: number | undefined

  constructor(limitMs: number, now: number) {
    this.#limitMs = limitMs
    this.#lookedAt = now
  }

  /** The engine reported progress. */
  progressed(now: number): void {
    this.#lookedAt = now
    this.#silentMs = 0
    this.#cpuMs = undefined
  }

  /** Records the processor time so far, undefined where it is unknown. Returns whether the conversion hangs. */
  isStalled(now: number, cpuMs: number | undefined): boolean {
    this.#silentMs += Math.min(now - this.#lookedAt, LONGEST_STEP_MS)
    this.#lookedAt = now
    this.#cpuMs ??= cpuMs
    const used = cpuMs === undefined || this.#cpuMs === undefined ? Infinity : cpuMs - this.#cpuMs
    if (used >= this.#limitMs * IDLE_SHARE) {
      this.#silentMs = 0
      this.#cpuMs = cpuMs
    }
    return this.#silentMs >= this.#limitMs
  }
}
