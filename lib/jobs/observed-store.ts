import type { AttemptOutcome, Job } from '../jobs.ts'
import type { StoredError } from '../vocabulary/job.ts'
import type { JobStore } from './store.ts'

/** What a write that held made of a job. `isDead`: another attempt might have helped, but none was left. */
export type HeldWrite =
  | { type: 'created' | 'started' | 'completed' | 'cancelled'; job: Job }
  | { type: 'retried'; job: Job; error: StoredError; outcome: AttemptOutcome }
  | { type: 'failed'; job: Job; error: StoredError; isDead: boolean }

type Tell = (write: HeldWrite) => void

/**
 * The same store, which tells of each write that held what became of the job. So every process tells of its own writes
 * alone, and those of all together are all.
 */
export function observedStore(store: JobStore, tell: Tell): JobStore {
  return { ...store, ...observedStartAndEnd(store, tell), ...observedFailures(store, tell) }
}

type StartOrEnd = 'insertIfBelowLimit' | 'claimIfWaiting' | 'completeIfStillLeased' | 'cancelIfNotEnded'

function observedStartAndEnd(store: JobStore, tell: Tell): Pick<JobStore, StartOrEnd> {
  return {
    async insertIfBelowLimit(job, limits) {
      const written = await store.insertIfBelowLimit(job, limits)
      if (written) tell({ type: 'created', job: written.job })
      return written
    },
    async claimIfWaiting(claim) {
      const job = await store.claimIfWaiting(claim)
      if (job) tell({ type: 'started', job })
      return job
    },
    async completeIfStillLeased(token, completion) {
      const written = await store.completeIfStillLeased(token, completion)
      if (written) tell({ type: 'completed', job: written.job })
      return written
    },
    async cancelIfNotEnded(id) {
      const written = await store.cancelIfNotEnded(id)
      if (written) tell({ type: 'cancelled', job: written.job })
      return written
    },
  }
}

type Failure = 'requeueIfStillLeased' | 'failIfStillLeased' | 'failIfUnanswered'

function observedFailures(store: JobStore, tell: Tell): Pick<JobStore, Failure> {
  return {
    async requeueIfStillLeased(token, requeue) {
      const written = await store.requeueIfStillLeased(token, requeue)
      const { error, outcome } = requeue
      if (written) tell({ type: 'retried', job: written.job, error, outcome })
      return written
    },
    async failIfStillLeased(token, end) {
      const written = await store.failIfStillLeased(token, end)
      const { error } = end
      if (written) tell({ type: 'failed', job: written.job, error, isDead: error.retryable })
      return written
    },
    async failIfUnanswered(id, end) {
      const written = await store.failIfUnanswered(id, end)
      if (written) tell({ type: 'failed', job: written.job, error: end.error, isDead: false })
      return written
    },
  }
}
