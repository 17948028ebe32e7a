const FIRST_MS = 2_000
const CAP_MS = 120_000

/**
 * How long to wait before the attempt after number `attempt` (from 1), in milliseconds: 2 s, 4 s, 8 s… up to two
 * minutes, less up to a quarter by chance, so that jobs which failed together do not come back together.
 */
export function backoffMs(attempt: number, random: () => number = Math.random): number {
  const full = Math.min(CAP_MS, FIRST_MS * 2 ** (attempt - 1))
  return Math.round(full * (1 - random() / 4))
}
