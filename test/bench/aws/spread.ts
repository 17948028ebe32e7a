export interface Spread {
  p50: number
  p99: number
  text: string
}

/** The median and the 99th percentile of times in milliseconds. */
export function spreadOf(times: readonly number[]): Spread {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? 0
  const [p50, p99] = [at(0.5), at(0.99)]
  return { p50, p99, text: `p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms` }
}
