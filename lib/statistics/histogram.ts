/** Counts of durations by fixed bounds, which can be added up and compared over years. */

/** Upper bounds in seconds; one more bucket counts what is longer. */
export const BOUNDS_S = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1800, 3600] as const

export function emptyHistogram(): number[] {
  return Array.from({ length: BOUNDS_S.length + 1 }, () => 0)
}

/** The bucket of a duration in seconds, as `width_bucket` of SQL numbers them. */
export function bucketOf(seconds: number): number {
  const above = BOUNDS_S.findIndex(bound => seconds < bound)
  return above < 0 ? BOUNDS_S.length : above
}

export function sumOf(histograms: readonly (readonly number[])[]): number[] {
  return histograms.reduce<number[]>(
    (sum, counts) => sum.map((count, bucket) => count + (counts[bucket] ?? 0)),
    emptyHistogram(),
  )
}

/**
 * The duration in seconds below which this share of all lies, from 0 to 1; null where there is none. Within its bucket
 * durations are taken to be evenly spread.
 */
export function quantile(counts: readonly number[], share: number): number | null {
  const total = counts.reduce((sum, count) => sum + count, 0)
  if (total === 0) return null
  let left = share * total
  for (const [bucket, count] of counts.entries()) {
    if (count > 0 && left <= count) return within(bucket, left / count)
    left -= count
  }
  return BOUNDS_S.at(-1) ?? null
}

function within(bucket: number, share: number): number {
  const low = BOUNDS_S[bucket - 1] ?? 0
  const high = BOUNDS_S[bucket] ?? low
  return low + (high - low) * share
}
