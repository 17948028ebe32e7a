/**
 * What became of jobs in the last hours and days, for operators. A schedule counts each minute once it is over, so that
 * what is read is as much with many jobs as with few.
 */
import { DAY_MS, HOURS_MS, rollUp } from './statistics/roll-up.ts'
import type { FailureGroup, Period, Span, StatisticsStore } from './statistics/statistics-store.ts'

export interface Statistics {
  /** Counts the minutes that are over. Several processes may do it at once. Returns whether some are left to count. */
  rollUp(now: Date): Promise<boolean>
  /** The periods from this time on, earliest first; those are missing that nobody counted yet. */
  periods(span: Span, from: Date): Promise<Period[]>
  /** What became of jobs since this time, counted now: for the minute that is not over. */
  since(from: Date): Promise<Period>
  /** Failures of the last seven days that are alike, most of the last day first. */
  failures(now: Date): Promise<FailureGroup[]>
}

export function createStatistics(store: StatisticsStore): Statistics {
  return {
    rollUp: now => rollUp(store, now),
    periods: (span, from) => store.periods(span, from),
    async since(from) {
      const { failures: _, ...period } = await store.tally(from, new Date(Date.now() + 1000))
      return period
    },
    failures(now) {
      const before = (ms: number) => new Date(now.getTime() - ms)
      return store.failuresSince(before(HOURS_MS), before(DAY_MS))
    },
  }
}
