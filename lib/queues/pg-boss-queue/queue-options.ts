import type { QueueName } from '../../queue.ts'

const YEAR_S = 365 * 86_400

/** How long a fetched message may go without a sign of life before it is delivered again, in seconds. */
export const HEARTBEAT_S = 10

const OPTIONS = {
  // Nightshift counts attempts in the row. pg-boss only delivers again what was not acknowledged, as after a crash,
  // and must not give up on that.
  retryLimit: 1_000_000,
  retryDelay: 1,
  heartbeatSeconds: HEARTBEAT_S,
  // Messages must not expire: the heartbeat detects a consumer that died.
  expireInSeconds: 86_399,
  retentionSeconds: YEAR_S,
  deleteAfterSeconds: 3600,
}

/** The queues as pg-boss keeps them. With the policy `singleton` one message is handled at a time over all consumers. */
export const PG_BOSS_QUEUES: Record<QueueName, object> = {
  convert: OPTIONS,
  maintain: { ...OPTIONS, policy: 'singleton' },
  webhook: OPTIONS,
}
