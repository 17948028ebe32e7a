import type { WebhookAnswer } from './webhook-event.ts'

const SECOND_MS = 1000
const MINUTE_MS = 60 * SECOND_MS
const HOUR_MS = 60 * MINUTE_MS

/** How long after each failed try the next one follows: the schedule of Standard Webhooks, three days in all. */
export const TRY_AGAIN_MS = [
  ...[5 * SECOND_MS, 5 * MINUTE_MS, 30 * MINUTE_MS, 2 * HOUR_MS],
  ...[5 * HOUR_MS, 10 * HOUR_MS, 14 * HOUR_MS, 20 * HOUR_MS, 24 * HOUR_MS],
]

/** By so much of itself a time is longer at the most, so that tries that failed together do not come back together. */
const JITTER = 0.1

/** The status by which a receiver wants no more of it. */
const GONE = 410

export const isDelivered = ({ status }: WebhookAnswer): boolean =>
  status !== null && status >= 200 && status < 300

/** After how many milliseconds the next try follows so many failed ones; undefined where none does. */
export function nextTryAfterMs(
  tries: number,
  { status }: WebhookAnswer,
  random: () => number,
): number | undefined {
  const ms = TRY_AGAIN_MS[tries - 1]
  if (ms === undefined || status === GONE) return undefined
  return Math.round(ms * (1 + JITTER * random()))
}
