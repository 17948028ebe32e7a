/** Lets one caller at a time do something about a key; the others wait in the order in which they came. */
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
