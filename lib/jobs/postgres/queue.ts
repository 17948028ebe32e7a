/** The two pg-boss queues. A message is `{ jobId }` and nothing else: the row knows the rest. */
export const QUEUE = 'convert'
export const DEAD_QUEUE = 'convert-dead'

const YEAR_S = 365 * 86_400

export const QUEUE_OPTIONS = {
  // Attempts are ours (the row's): pg-boss delivers again only what never reached a claim, as after a crash
  // between fetch and claim, and must not give up on that.
  retryLimit: 1_000_000,
  retryDelay: 1,
  heartbeatSeconds: 10,
  // Never by time: a message is completed at the claim, and one whose worker died before has no heartbeat.
  expireInSeconds: 86_399,
  retentionSeconds: YEAR_S,
  deleteAfterSeconds: 3600,
}

export const DEAD_QUEUE_OPTIONS = { retentionSeconds: YEAR_S, deleteAfterSeconds: YEAR_S }

export interface Message {
  jobId: string
}
