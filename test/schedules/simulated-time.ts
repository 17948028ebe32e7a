import { setImmediate } from 'node:timers/promises'
import type { Clock } from '#lib/jobs/clock.ts'

interface Timer {
  at: number
  everyMs: number | undefined
  run: () => void
}

/** The clock of one process. While it is frozen nothing of that process runs; what was due runs when it goes on. */
export interface ProcessClock extends Clock {
  freeze(): void
  thaw(): void
}

/** Time that passes only by `advance`, the same for all processes. */
export class SimulatedTime {
  #now = Date.UTC(2030, 0)
  readonly #timers = new Set<Timer>()

  get now(): number {
    return this.#now
  }

  /** Lets all that is due in the next `ms` happen, in its order. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms
    for (let timer = this.#next(end); timer; timer = this.#next(end)) {
      this.#now = Math.max(this.#now, timer.at)
      if (timer.everyMs === undefined) this.#timers.delete(timer)
      else timer.at += timer.everyMs
      timer.run()
      await setImmediate()
    }
    this.#now = end
    await setImmediate()
  }

  process(): ProcessClock {
    const held = new Set<() => void>()
    let isFrozen = false
    const unlessFrozen = (run: () => void) => () => void (isFrozen ? held.add(run) : run())
    return {
      now: () => this.#now,
      soon: run => queueMicrotask(unlessFrozen(run)),
      after: (ms, run) => this.#start(ms, unlessFrozen(run)),
      every: (ms, run) => this.#start(ms, unlessFrozen(run), ms),
      freeze() {
        isFrozen = true
      },
      thaw() {
        isFrozen = false
        const due = [...held]
        held.clear()
        for (const run of due) run()
      },
    }
  }

  #start(ms: number, run: () => void, everyMs?: number): () => void {
    const timer = { at: this.#now + ms, everyMs, run }
    this.#timers.add(timer)
    return () => void this.#timers.delete(timer)
  }

  #next(end: number): Timer | undefined {
    let next: Timer | undefined
    for (const timer of this.#timers)
      if (timer.at <= end && (next === undefined || timer.at < next.at)) next = timer
    return next
  }
}
