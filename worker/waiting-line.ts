interface Waiter<T> {
  resolve(value: T): void
  reject(reason: unknown): void
}

/** Who waits for something that comes one at a time: first come, first served. */
export class WaitingLine<T> {
  readonly #waiters = new Set<Waiter<T>>()

  get length(): number {
    return this.#waiters.size
  }

  /** Waits for a turn. @throws the signal's reason when it aborts first */
  wait(signal?: AbortSignal): Promise<T> {
    if (signal?.aborted) return Promise.reject(signal.reason)
    const { promise, resolve, reject } = Promise.withResolvers<T>()
    const waiter = { resolve, reject }
    const leave = () => {
      this.#waiters.delete(waiter)
      reject(signal?.reason)
    }
    this.#waiters.add(waiter)
    signal?.addEventListener('abort', leave, { once: true })
    return promise.finally(() => signal?.removeEventListener('abort', leave))
  }

  /** Serves the first in line; false when nobody waits. */
  serve(value: T): boolean {
    for (const waiter of this.#waiters) {
      this.#waiters.delete(waiter)
      waiter.resolve(value)
      return true
    }
    return false
  }

  /** Sends everybody away. */
  close(reason: unknown): void {
    for (const waiter of this.#waiters) waiter.reject(reason)
    this.#waiters.clear()
  }
}
