const SHORTEST_MS = 60_000
const LONGEST_MS = 900_000
const MS_PER_MEGABYTE = 10_000

/**
 * How long a conversion may take, in milliseconds: a minute, and ten seconds more for each megabyte, up to a quarter
 * of an hour. The slowest real document met takes 18 s for 0.6 MB on a quiet machine.
 */
export function timeLimitFor(bytes: number): number {
  return Math.min(LONGEST_MS, Math.round(SHORTEST_MS + (bytes / 1_000_000) * MS_PER_MEGABYTE))
}
