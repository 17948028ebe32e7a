/**
 * A part of the page whose code is loaded when it is needed, and tried again until it is there. Independent of React.
 */

/** The pauses between two tries, in milliseconds; the last one repeats. The end of an offline time ends a pause. */
const PAUSES_MS = [500, 2000, 5000]

export class DeferredPart<T> {
  readonly #load: () => Promise<T>
  readonly #listeners = new Set<() => void>()
  #arrive: (part: T) => void = () => {}
  #isNeeded = false
  #isMissing = false
  /** Resolves once it was needed and has arrived; never rejects. */
  readonly arrival: Promise<T>

  /** @param load asked again after a rejection */
  constructor(load: () => Promise<T>) {
    this.#load = load
    this.arrival = new Promise(resolve => {
      this.#arrive = resolve
    })
  }

  /** Whether it is needed and the last try failed. */
  isMissing = (): boolean => this.#isMissing

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  need = (): void => {
    if (this.#isNeeded) return
    this.#isNeeded = true
    void this.#loadUntilThere()
  }

  async #loadUntilThere(): Promise<void> {
    for (let tries = 0; ; tries++) {
      const part = await this.#load().catch(() => null)
      this.#show(part === null)
      if (part !== null) return this.#arrive(part)
      await pauseOrOnline(PAUSES_MS[Math.min(tries, PAUSES_MS.length - 1)] ?? 0)
    }
  }

  #show(isMissing: boolean): void {
    if (isMissing === this.#isMissing) return
    this.#isMissing = isMissing
    for (const listener of this.#listeners) listener()
  }
}

function pauseOrOnline(ms: number): Promise<void> {
  return new Promise(resolve => {
    const end = () => {
      clearTimeout(timer)
      removeEventListener('online', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    addEventListener('online', end)
  })
}
