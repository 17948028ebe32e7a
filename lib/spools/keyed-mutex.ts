/** Runs one action per key at a time; the others wait in order. */
export class KeyedMutex {
  readonly #last = new Map<string, Promise<unknown>>()

  async runExclusive<T>(key: string, action: () => Promise<T>): Promise<T> {
    const before = this.#last.get(key)
    const mine = before !== undefined ? before.then(action, action) : action()
    this.#last.set(key, mine)
    try {
      return await mine
    } finally {
      if (this.#last.get(key) === mine) this.#last.delete(key)
    }
  }
}
