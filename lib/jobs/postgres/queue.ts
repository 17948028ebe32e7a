/** The two pg-boss queues. A message holds only `{ jobId }`; the row holds the rest. */
export const QUEUE = 'convert'
export const DEAD_QUEUE = 'convert-dead'

const YEAR_S = 365 * 86_400

export const QUEUE_OPTIONS = {
  // Nightshift counts attempts in the row. pg-boss only delivers again what was never claimed, as after a crash between
  // fetch and claim, and must not give up on that.
  retryLimit: 1_000_000,
  retryDelay: 1,
  heartbeatSeconds: 10,
  // Messages must not expire: they are completed at the claim, and the heartbeat detects a worker that died before it.
  expireInSeconds: 86_399,
  retentionSeconds: YEAR_S,
  deleteAfterSeconds: 3600,
}

export const DEAD_QUEUE_OPTIONS = { retentionSeconds: YEAR_S, deleteAfterSeconds: YEAR_S }

export interface Message {
  jobId: string
}
