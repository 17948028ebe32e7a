/** Wakes everybody who waits, as a shop's bell does. */
export interface Bell {
  ring(): void
  /** Resolves at the next ring. */
  next(): Promise<void>
  /** Waits for that ring, but no longer than `ms`. */
  wait(rung: Promise<void>, ms: number): Promise<void>
}

export function createBell(): Bell {
  let coming = Promise.withResolvers<void>()
  return {
    ring() {
      coming.resolve()
      coming = Promise.withResolvers()
    },
    next: () => coming.promise,
    async wait(rung, ms) {
      let timer: NodeJS.Timeout | undefined
      const over = new Promise<void>(resolve => {
        timer = setTimeout(resolve, ms)
      })
      await Promise.race([rung, over])
      clearTimeout(timer)
    },
  }
}
