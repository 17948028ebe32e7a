import { randomUUID } from 'node:crypto'
import type { Job, NewJob } from '../jobs.ts'
import { AppError } from '../vocabulary/errors.ts'
import { whyRefused } from './admission.ts'
import { announce } from './announce.ts'
import type { JobPorts } from './ports.ts'
import { isSameRequest } from './same-request.ts'

/** @see Jobs.create */
export async function create(ports: JobPorts, job: NewJob): Promise<{ job: Job; created: boolean }> {
  const earlier = await findEarlier(ports, job)
  if (earlier) return { job: earlier, created: false }
  const written = await ports.store.insertIfBelowLimit({ ...job, messageId: randomUUID() }, ports.limits)
  if (written) return { job: await announce(ports, written), created: true }
  // Either the queue is full, or another call with the same key was faster.
  const winner = await findEarlier(ports, job)
  if (winner) return { job: winner, created: false }
  throw (await whyRefused(ports, job.owner)) ?? refusalOfPlace(ports, job)
}

/** Why a job is refused although the queue is not full. */
function refusalOfPlace({ limits }: JobPorts, { needs }: NewJob): AppError {
  if (needs) return new AppError('too_many_locked', { details: { limit: limits.ownerLimit } })
  // A place became free in the meantime. Checking it again would start over, so the client retries instead.
  return new AppError('queue_full', { retryAfter: 1 })
}

/** @throws AppError `idempotency_conflict` when the key was used for another request */
async function findEarlier({ store }: JobPorts, job: NewJob): Promise<Job | undefined> {
  if (job.idempotencyKey === undefined) return undefined
  const earlier = await store.findByKey(job.owner, job.idempotencyKey)
  if (earlier && !isSameRequest(earlier, job)) throw new AppError('idempotency_conflict')
  return earlier
}
