/** Wakes all consumers that wait for new jobs. */
export interface WakeSignal {
  wake(): void
  /** Resolves at the next signal. */
  next(): Promise<void>
  /** Waits for that signal, but no longer than `ms` milliseconds. */
  wait(woken: Promise<void>, ms: number): Promise<void>
}

/** A signal that any number of consumers can wait for. */
export function createWakeSignal(): WakeSignal {
  let coming = Promise.withResolvers<void>()
  return {
    wake() {
      coming.resolve()
      coming = Promise.withResolvers()
    },
    next: () => coming.promise,
    async wait(woken, ms) {
      let timer: NodeJS.Timeout | undefined
      const over = new Promise<void>(resolve => {
        timer = setTimeout(resolve, ms)
      })
      await Promise.race([woken, over])
      clearTimeout(timer)
    },
  }
}
