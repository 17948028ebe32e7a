import type { Check } from '../vocabulary/check.ts'

/** Leases and expiries are by the clocks of several machines; from here on they are early or late, in milliseconds. */
const WARN_MS = 2_000
const FAIL_MS = 10_000

/** What a reading of the database's clock showed, all in milliseconds. */
export interface ClockReading {
  databaseMs: number
  /** By this machine's clock: right before the database was asked, and right after it answered. */
  askedMs: number
  answeredMs: number
}

/** Compares this machine's clock with the database's; the time that the answer took is never counted as a difference. */
export function clockCheck({ databaseMs, askedMs, answeredMs }: ClockReading): Check {
  const aheadMs = Math.max(0, askedMs - databaseMs)
  const behindMs = Math.max(0, databaseMs - answeredMs)
  const differenceMs = Math.max(aheadMs, behindMs)
  const state = differenceMs > FAIL_MS ? 'failed' : differenceMs > WARN_MS ? 'warning' : 'ok'
  const seconds = (differenceMs / 1000).toFixed(1)
  const side = aheadMs > 0 ? 'ahead of' : 'behind'
  return {
    id: 'clock',
    state,
    what: 'Clock',
    found: state === 'ok' ? 'agrees with the database’s' : `is ${seconds} s ${side} the database’s`,
    mend: state === 'ok' ? null : 'sudo timedatectl set-ntp true   (on this machine and the database’s)',
  }
}
