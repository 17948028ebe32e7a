/** So many tries are made side by side in a process, and so many of them at one host. */
const MOST_AT_ONCE = 64
const MOST_AT_HOST = 4

/** The places of a process for tries at webhooks. One host has only some of them, so that it holds up no other one. */
export class WebhookPlaces {
  readonly #hosts = new Map<string, number>()
  #taken = 0
  #isOpen = false
  #freed = Promise.withResolvers<void>()

  /** Resolves when a place is free. */
  async oneIsFree(): Promise<void> {
    while (this.#taken >= MOST_AT_ONCE && !this.#isOpen) await this.#freed.promise
  }

  /** Takes a place; false where the host has all of its own. */
  readonly enter = (url: string): boolean => {
    const { host } = new URL(url)
    const there = this.#hosts.get(host) ?? 0
    if (there >= MOST_AT_HOST) return false
    this.#hosts.set(host, there + 1)
    this.#taken++
    return true
  }

  readonly leave = (url: string): void => {
    const { host } = new URL(url)
    const left = (this.#hosts.get(host) ?? 1) - 1
    if (left > 0) this.#hosts.set(host, left)
    else this.#hosts.delete(host)
    this.#taken--
    this.#wake()
  }

  /** Lets nobody wait any more. */
  openAll(): void {
    this.#isOpen = true
    this.#wake()
  }

  #wake(): void {
    this.#freed.resolve()
    this.#freed = Promise.withResolvers()
  }
}
