import type { Clock } from '../../jobs/clock.ts'

/** After a message the next poll is due, in milliseconds. */
const BUSY_MS = 50
/** After an event it is due sooner: the message of a new job is sent right after the event. */
const EXPECTED_MS = 10

/** When to poll a queue next that tells nobody of its messages: soon where some come, else less and less often. */
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

  messageCame(): void {
    this.#nextMs = BUSY_MS
  }

  messageIsExpected(): void {
    this.#nextMs = EXPECTED_MS
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
