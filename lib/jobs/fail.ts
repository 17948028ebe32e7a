import { randomUUID } from 'node:crypto'
import type { AttemptOutcome, Job } from '../jobs.ts'
import type { StoredError } from '../vocabulary/job.ts'
import { announce } from './announce.ts'
import { ask, questionAfter } from './ask.ts'
import { backoffMs } from './backoff.ts'
import type { JobPorts } from './ports.ts'
import type { LeaseToken } from './store.ts'

/**
 * Ends an attempt with an error. The job is queued again when the error is retryable and an attempt is left, or when its
 * sender can enter another password. Otherwise it has failed; with a retryable error it is a dead letter, which the operator sees in the counts.
 */
export async function failIfStillLeased(
  ports: JobPorts,
  token: LeaseToken,
  {
    error,
    outcome = 'failed',
    log,
  }: { error: StoredError; outcome?: AttemptOutcome; log?: string | undefined },
): Promise<Job | undefined> {
  const { store, clock, random } = ports
  const job = await store.get(token.id)
  if (!job) return undefined
  const question = questionAfter(job, error)
  if (question) return ask(ports, token, { question, error })
  const end = { outcome, error, ...(log !== undefined && { log: lastPart(log) }) }
  if (!error.retryable || job.attempt >= job.maxAttempts)
    return announce(ports, await store.failIfStillLeased(token, end))
  // The death of a worker is not the document's fault: the next worker claims the job at once.
  const runAt = outcome === 'lost' ? null : new Date(clock.now() + backoffMs(job.attempt, random))
  const requeue = { ...end, runAt, messageId: randomUUID() }
  return announce(ports, await store.requeueIfStillLeased(token, requeue))
}

/** So much of a log is kept, in bytes. */
const MOST_LOG_BYTES = 4096

/** The end of a long text: the last words of a program say why it ended. */
function lastPart(text: string): string {
  const bytes = Buffer.from(text.replaceAll('\0', ''))
  if (bytes.length <= MOST_LOG_BYTES) return bytes.toString()
  // A character that is cut in half is left out.
  return bytes
    .subarray(-MOST_LOG_BYTES)
    .toString()
    .replace(/^\uFFFD+/, '')
}
