/** Counted from the start of a consumer on; milliseconds. */
export interface PaceTotals {
  good: number
  /** Slot time that was taken by bad jobs, from the start of `run` to its end. */
  badSlotMs: number
  atMs: number
}

export interface PaceMeter {
  countGood(): void
  /** Calls `run` and counts its time as a bad job's. */
  aroundBad(run: () => Promise<void>): Promise<void>
  totals(): PaceTotals
}

/** Counts good jobs, and the slot time that bad ones take. */
export function createPaceMeter(): PaceMeter {
  let good = 0
  let ended = 0
  const running = new Set<{ since: number }>()
  return {
    countGood() {
      good++
    },
    async aroundBad(run) {
      const one = { since: performance.now() }
      running.add(one)
      try {
        await run()
      } finally {
        running.delete(one)
        ended += performance.now() - one.since
      }
    },
    totals() {
      const atMs = performance.now()
      const open = [...running].reduce((sum, { since }) => sum + atMs - since, 0)
      return { good, badSlotMs: ended + open, atMs }
    },
  }
}

export interface Pace {
  /** Good jobs for each second of a slot that no bad job had. */
  perFreeSlotSecond: number
  /** Good jobs a second. */
  perSecond: number
  /** The share of the slots' time that bad jobs had. */
  badShare: number
}

/** The pace between two counts. */
export function paceBetween(from: PaceTotals, to: PaceTotals, slots: number): Pace {
  const slotMs = (to.atMs - from.atMs) * slots
  const badMs = to.badSlotMs - from.badSlotMs
  const good = to.good - from.good
  return {
    perFreeSlotSecond: (good * 1000) / (slotMs - badMs),
    perSecond: (good * 1000) / (to.atMs - from.atMs),
    badShare: badMs / slotMs,
  }
}
