import type { JobEvent } from '../../../jobs.ts'
import type { Clock } from '../../clock.ts'

/** Longer than an event can be on its way: a queue keeps it for a minute. */
const REMEMBERED_MS = 120_000

interface Latest {
  version: number
  tick: number
  at: number
}

/** The service may deliver an event late or twice. Tells which ones are newer than all that came of their job. */
export class EventOrder {
  readonly #clock: Clock
  readonly #latest = new Map<string, Latest>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Whether the event is new; after `gone` none of its job is. */
  isNews(event: JobEvent): boolean {
    const now = this.#clock.now()
    this.#forgetOld(now)
    const { version, tick } = placeOf(event)
    const latest = this.#latest.get(event.id)
    if (latest && (version < latest.version || (version === latest.version && tick <= latest.tick)))
      return false
    // Deleted first, so that the map stays in the order of time.
    this.#latest.delete(event.id)
    this.#latest.set(event.id, { version, tick, at: now })
    return true
  }

  #forgetOld(now: number): void {
    for (const [id, { at }] of this.#latest) {
      if (now - at < REMEMBERED_MS) return
      this.#latest.delete(id)
    }
  }
}

function placeOf(event: JobEvent): { version: number; tick: number } {
  if (event.type === 'gone') return { version: Number.POSITIVE_INFINITY, tick: 0 }
  return { version: event.version, tick: event.type === 'progress' ? event.tick : 0 }
}
