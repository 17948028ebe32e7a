/** What finished jobs teach of the next one. */
import type { Pace, Timings } from './jobs.ts'
import type { Range } from './vocabulary/job.ts'

/** Fewer finished jobs than these teach nothing. */
const ENOUGH = 5
/** A range whose end is so many times its beginning tells a person nothing. */
const WIDEST = 4
/** Less than so many seconds is not worth a word. */
const WORTH_SHOWING_S = 2

/** Of jobs of one format and target. */
export interface Finished extends Timings {
  bytes: number
}

/** The pace of a job of `bytes`, by finished ones; sizes from a half to the double count as alike. */
export function paceOf(history: readonly Finished[], bytes: number): Pace {
  const shares = history.map(({ loadMs, exportMs }) => loadMs / Math.max(1, loadMs + exportMs))
  const alike = history.filter(job => job.bytes >= bytes / 2 && job.bytes <= bytes * 2)
  const seconds = alike.map(({ loadMs, exportMs }) => (loadMs + exportMs) / 1000)
  return {
    loadShare: shares.length >= ENOUGH ? quantile(shares, 0.5) : null,
    seconds:
      seconds.length >= ENOUGH ? honest({ low: quantile(seconds, 0.2), high: quantile(seconds, 0.8) }) : null,
  }
}

/**
 * Seconds left of a job that is at `percent` after `elapsedMs`: what history says, widened by what is seen of this
 * one. Undefined where nothing honest can be said, or where it is over in a moment.
 */
export function timeLeft(
  pace: Pace,
  { percent, elapsedMs }: { percent: number | null; elapsedMs: number },
): Range | undefined {
  if (!pace.seconds || percent === null) return undefined
  const done = percent / 100
  // The first percents are too few to conclude from.
  const seen = done >= 0.1 ? elapsedMs / 1000 / done : undefined
  const low = Math.min(pace.seconds.low, seen ?? Number.POSITIVE_INFINITY) * (1 - done)
  const high = Math.max(pace.seconds.high, seen ?? 0) * (1 - done)
  if (high < WORTH_SHOWING_S) return undefined
  return honest({ low, high }) ?? undefined
}

function honest(range: Range): Range | null {
  return range.high <= range.low * WIDEST ? { low: tenths(range.low), high: tenths(range.high) } : null
}

const tenths = (value: number) => Math.round(value * 10) / 10

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) * share)] ?? 0
}
