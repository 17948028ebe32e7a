import type { Check } from '../vocabulary/check.ts'

/** A job makes some ten statements one after the other, so that each of these is felt. */
const WARN_MS = 20

/** How long the database takes for the smallest statement: the median of these, in milliseconds. */
export function latencyCheck(timesMs: readonly number[]): Check {
  const median = [...timesMs].sort((a, b) => a - b)[Math.floor(timesMs.length / 2)] ?? 0
  const isSlow = median > WARN_MS
  return {
    id: 'database-latency',
    state: isSlow ? 'warning' : 'ok',
    what: 'Database’s answers',
    found: `take ${median.toFixed(1)}\u00a0ms`,
    mend: isSlow
      ? 'Run web process, workers and PostgreSQL in one network, or give the database’s machine more power'
      : null,
  }
}
