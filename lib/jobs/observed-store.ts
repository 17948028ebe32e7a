import { countedCode, type ObserveJobs } from './job-fact.ts'
import type { JobStore } from './store.ts'

/**
 * The same store, which tells of each write that held what became of the job. So every process tells of its own writes
 * alone, and those of all together are all.
 */
export function observedStore(store: JobStore, observe: ObserveJobs): JobStore {
  return { ...store, ...observedStartAndEnd(store, observe), ...observedFailures(store, observe) }
}

type StartOrEnd = 'insertIfBelowLimit' | 'claimIfWaiting' | 'completeIfStillLeased' | 'cancelIfNotEnded'

function observedStartAndEnd(store: JobStore, observe: ObserveJobs): Pick<JobStore, StartOrEnd> {
  return {
    async insertIfBelowLimit(job, limits) {
      const written = await store.insertIfBelowLimit(job, limits)
      if (written) observe({ type: 'created' })
      return written
    },
    async claimIfWaiting(claim) {
      const job = await store.claimIfWaiting(claim)
      if (!job) return undefined
      const waitedS = job.claims === 1 ? secondsBetween(job.queuedAt, job.startedAt) : undefined
      observe({ type: 'started', waitedS })
      return job
    },
    async completeIfStillLeased(token, completion) {
      const written = await store.completeIfStillLeased(token, completion)
      if (!written) return undefined
      const { startedAt, finishedAt } = written.job
      observe({ type: 'completed', tookS: secondsBetween(startedAt, finishedAt) })
      return written
    },
    async cancelIfNotEnded(id) {
      const written = await store.cancelIfNotEnded(id)
      if (written) observe({ type: 'cancelled' })
      return written
    },
  }
}

type Failure = 'requeueIfStillLeased' | 'failIfStillLeased' | 'failIfUnanswered'

function observedFailures(store: JobStore, observe: ObserveJobs): Pick<JobStore, Failure> {
  return {
    async requeueIfStillLeased(token, requeue) {
      const written = await store.requeueIfStillLeased(token, requeue)
      if (written) observe({ type: 'retried', code: countedCode(requeue.error) })
      return written
    },
    async failIfStillLeased(token, end) {
      const written = await store.failIfStillLeased(token, end)
      const { error } = end
      if (written) observe({ type: 'failed', code: countedCode(error), isDead: error.retryable })
      return written
    },
    async failIfUnanswered(id, end) {
      const written = await store.failIfUnanswered(id, end)
      if (written) observe({ type: 'failed', code: countedCode(end.error), isDead: false })
      return written
    },
  }
}

/** Never negative: the two times may be from the clocks of two machines. */
function secondsBetween(from: Date | null, to: Date | null): number {
  return from && to ? Math.max(0, (to.getTime() - from.getTime()) / 1000) : 0
}
