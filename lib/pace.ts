/** Estimates the next job's duration from finished ones. */
import type { Pace, Timings } from './jobs.ts'
import type { Range } from './vocabulary/job.ts'

/** The smallest number of finished jobs for an estimate. */
const ENOUGH = 5
/** A range whose end is more than this many times its start is not shown, because it says too little. */
const WIDEST = 4
/** A shorter remaining time is not shown, in seconds. */
const WORTH_SHOWING_S = 2

/** A finished job of one format and target. */
export interface Finished extends Timings {
  bytes: number
}

/** Estimates a job of `bytes` bytes from finished ones; sizes from half to double count as similar. */
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
 * The remaining seconds of a job at `percent` after `elapsedMs` milliseconds: the estimate from history, widened by
 * this job's own speed. Undefined where there is no honest estimate, or where the job ends in a moment.
 */
export function timeLeft(
  pace: Pace,
  { percent, elapsedMs }: { percent: number | null; elapsedMs: number },
): Range | undefined {
  if (!pace.seconds || percent === null) return undefined
  const done = percent / 100
  // The first percents are too few for a conclusion.
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
