/** Wakes everybody who waits for new jobs. */
export interface WakeSignal {
  wake(): void
  /** Resolves at the next ring. */
  next(): Promise<void>
  /** Waits for that ring, but no longer than `ms`. */
  wait(woken: Promise<void>, ms: number): Promise<void>
}

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
