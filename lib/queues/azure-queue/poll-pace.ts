import type { Clock } from '../../jobs/clock.ts'

/** How often a queue is asked from which messages come, in milliseconds. */
const BUSY_MS = 50

/** When to ask a queue next that tells nobody of its messages: soon after one came, and less and less often then. */
export class PollPace {
  readonly #clock: Clock
  readonly #idleMs: number
  readonly #poll: () => void
  #nextMs = BUSY_MS
  #cancel = () => {}

  /** @param idleMs the longest time between two polls */
  constructor(clock: Clock, idleMs: number, poll: () => void) {
    this.#clock = clock
    this.#idleMs = idleMs
    this.#poll = poll
  }

  hurry(): void {
    this.#nextMs = BUSY_MS
  }

  /** Polls once, later. */
  schedule(): void {
    this.#cancel()
    this.#cancel = this.#clock.after(this.#nextMs, this.#poll)
    this.#nextMs = Math.min(this.#nextMs * 2, this.#idleMs)
  }

  stop(): void {
    this.#cancel()
  }
}
