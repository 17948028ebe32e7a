import { setTimeout as wait } from 'node:timers/promises'

/** How long the first failure of an address waits; each further one twice as long. In milliseconds. */
const FIRST_MS = 500
const LONGEST_MS = 8_000
/** After this time without a failure an address begins anew, in milliseconds. */
const FORGOTTEN_MS = 10 * 60_000
/** So many failures wait at a time, and so many addresses are remembered; the oldest is forgotten first. */
const MOST_WAITING = 50
const MOST_ADDRESSES = 10_000

/**
 * Slows down those who try tokens. Only failures wait, so nobody can lock out whoever has the right one.
 */
export class FailureDelays {
  readonly #failures = new Map<string, { count: number; at: number }>()
  #waiting = 0

  /** Resolves when the answer may go out; at once, with false, where too many wait already. */
  async failed(address: string): Promise<boolean> {
    const ms = this.#delayOf(address)
    if (this.#waiting >= MOST_WAITING) return false
    this.#waiting++
    await wait(ms)
    this.#waiting--
    return true
  }

  #delayOf(address: string): number {
    const known = this.#failures.get(address)
    const count = known && known.at > Date.now() - FORGOTTEN_MS ? known.count + 1 : 1
    this.#failures.delete(address)
    this.#failures.set(address, { count, at: Date.now() })
    const [oldest] = this.#failures.keys()
    if (oldest !== undefined && this.#failures.size > MOST_ADDRESSES) this.#failures.delete(oldest)
    return Math.min(FIRST_MS * 2 ** (count - 1), LONGEST_MS)
  }
}
