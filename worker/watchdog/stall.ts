/** A process that does nothing still wakes up now and then: less than so much of the time counts as idle. */
const IDLE_SHARE = 0.01
/**
 * Whoever looks again later than this, twice the time between two looks, stood still himself, as while the machine
 * slept or had much else to do, and saw no silence.
 */
const LONGEST_STEP_MS = 400

/**
 * Tells a conversion that hangs from one that only says nothing: neither progress nor use of the processor for a
 * while. Times in milliseconds, from the same clock; the clock is handed in.
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

  /** The engine told something. */
  progressed(now: number): void {
    this.#lookedAt = now
    this.#silentMs = 0
    this.#cpuMs = undefined
  }

  /** Takes how much of the processor was used so far; undefined where nobody can tell. Gives whether it hangs. */
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
