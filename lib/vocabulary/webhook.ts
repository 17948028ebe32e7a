/** Webhooks: what a sender is told of the end of a job or a batch, and what is kept of it. Imports nothing. */

export const WEBHOOK_EVENTS = ['job.completed', 'job.failed', 'job.cancelled', 'batch.ended'] as const

export type WebhookEventType = (typeof WEBHOOK_EVENTS)[number]

/**
 * How the delivery of an end stands: there is none yet, it is tried, it succeeded, or it failed for good. `waiting` also
 * stands for a job of a batch that is told through another row.
 */
export const WEBHOOK_STATES = ['waiting', 'pending', 'delivered', 'failed'] as const

export type WebhookState = (typeof WEBHOOK_STATES)[number]

/** Why a try failed before there was a status. */
export const WEBHOOK_FAILURES = [
  'unknown_host',
  'private_address',
  'not_connected',
  'not_trusted',
  'timed_out',
  'broken_off',
] as const

export type WebhookFailure = (typeof WEBHOOK_FAILURES)[number]

/** One try at a delivery. */
export interface WebhookTry {
  /** When it began, in milliseconds since 1970. */
  at: number
  event: WebhookEventType
  /** The same for all tries at one event: the header `webhook-id`. */
  id: string
  /** From 1; a resend begins again. */
  attempt: number
  /** Of the answer; null where none came. */
  status: number | null
  /** Null where an answer came. */
  error: WebhookFailure | null
  /** How long it took, in milliseconds. */
  ms: number
}

/** So many tries are kept, the latest. */
export const MOST_TRIES_KEPT = 20

/** The webhook of a job as its row holds it. Times are in milliseconds since 1970. */
export interface JobWebhook {
  url: string
  /** Whose end is told: that of the job, or of its whole batch, which its oldest row then tells. */
  of: 'job' | 'batch'
  /** Whether the call that creates the batch still adds jobs. */
  open?: boolean
  /** Grows with each write of the webhook and each end of the job: a message is for one step. */
  step: number
  state: WebhookState
  /** The end that is told, or that was looked at; absent before the first one. */
  endedAt?: number
  /** How often it was tried since it began, or was sent again by hand. */
  tries: number
  /** When the next try is due; absent: at once, or never. */
  nextAt?: number
  log: readonly WebhookTry[]
}

/** A webhook of a new job. */
export function newWebhook(asked: Pick<JobWebhook, 'url' | 'of' | 'open'>): JobWebhook {
  return { ...asked, step: 0, state: 'waiting', tries: 0, log: [] }
}
