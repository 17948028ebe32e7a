interface Waiter<T, About> {
  about: About | undefined
  accepts(value: T): boolean
  resolve(value: T): void
  reject(reason: unknown): void
}

export interface WaitOptions<T, About = unknown> {
  signal?: AbortSignal | undefined
  /** Whether a value is suitable; unset: any is. */
  accepts?(value: T): boolean
  /** Information about this request for readers of the queue. */
  about?: About
}

/** A queue for values that arrive one at a time: first come, first served, with a condition for each request. */
export class WaitQueue<T, About = unknown> {
  readonly #waiters = new Set<Waiter<T, About>>()

  /** The information about the waiting requests, in order. */
  get waiting(): (About | undefined)[] {
    return [...this.#waiters].map(({ about }) => about)
  }

  /** Waits for a value. @throws the signal's reason when it aborts first */
  wait({ signal, accepts = () => true, about }: WaitOptions<T, About> = {}): Promise<T> {
    if (signal?.aborted) return Promise.reject(signal.reason)
    const { promise, resolve, reject } = Promise.withResolvers<T>()
    const waiter = { about, accepts, resolve, reject }
    const leave = () => {
      this.#waiters.delete(waiter)
      reject(signal?.reason)
    }
    this.#waiters.add(waiter)
    signal?.addEventListener('abort', leave, { once: true })
    return promise.finally(() => signal?.removeEventListener('abort', leave))
  }

  /** Gives a value to the first request that accepts it; false when none does. */
  offer(value: T): boolean {
    for (const waiter of this.#waiters) {
      if (!waiter.accepts(value)) continue
      this.#waiters.delete(waiter)
      waiter.resolve(value)
      return true
    }
    return false
  }

  /** Rejects all waiting requests. */
  close(reason: unknown): void {
    for (const waiter of this.#waiters) waiter.reject(reason)
    this.#waiters.clear()
  }
}
