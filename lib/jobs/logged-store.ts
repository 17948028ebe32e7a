import type { Job } from '../jobs.ts'
import type { Logger } from '../log.ts'
import type { JobStore } from './store.ts'

/**
 * The same store, which logs each write that held: one line for what became of the job. Lines have no name of a file and
 * nothing else that its sender wrote.
 */
export function loggedStore(store: JobStore, log: Logger): JobStore {
  return { ...store, ...loggedStartAndEnd(store, log), ...loggedFailures(store, log) }
}

type StartOrEnd = 'insertIfBelowLimit' | 'claimIfWaiting' | 'completeIfStillLeased' | 'cancelIfNotEnded'

function loggedStartAndEnd(store: JobStore, log: Logger): Pick<JobStore, StartOrEnd> {
  return {
    async insertIfBelowLimit(job, limits) {
      const written = await store.insertIfBelowLimit(job, limits)
      if (written) log.info({ ...namesOf(written.job), ...kindOf(written.job) }, 'a job was created')
      return written
    },
    async claimIfWaiting(claim) {
      const job = await store.claimIfWaiting(claim)
      if (job)
        log.debug({ ...namesOf(job), waitedMs: msBetween(job.queuedAt, job.startedAt) }, 'an attempt began')
      return job
    },
    async completeIfStillLeased(token, completion) {
      const written = await store.completeIfStillLeased(token, completion)
      if (written) log.info({ ...namesOf(written.job), ...lengthOf(written.job) }, 'a job was completed')
      return written
    },
    async cancelIfNotEnded(id) {
      const written = await store.cancelIfNotEnded(id)
      if (written) log.info(namesOf(written.job), 'a job was cancelled')
      return written
    },
  }
}

type Failure = 'requeueIfStillLeased' | 'failIfStillLeased' | 'failIfUnanswered'

function loggedFailures(store: JobStore, log: Logger): Pick<JobStore, Failure> {
  return {
    async requeueIfStillLeased(token, requeue) {
      const written = await store.requeueIfStillLeased(token, requeue)
      const { error, outcome } = requeue
      if (written)
        log.info({ ...namesOf(written.job), code: error.code, outcome }, 'a job waits for another attempt')
      return written
    },
    async failIfStillLeased(token, end) {
      const written = await store.failIfStillLeased(token, end)
      if (written) log.warn({ ...namesOf(written.job), code: end.error.code }, 'a job failed')
      return written
    },
    async failIfUnanswered(id, end) {
      const written = await store.failIfUnanswered(id, end)
      if (written) log.warn({ ...namesOf(written.job), code: end.error.code }, 'a job failed')
      return written
    },
  }
}

const namesOf = ({ id, attempt }: Job) => ({ jobId: id, attempt })

const kindOf = ({ source, target }: Job) => ({ format: source.format, target, bytes: source.bytes })

const lengthOf = ({ startedAt, finishedAt, result }: Job) => ({
  tookMs: msBetween(startedAt, finishedAt),
  bytes: result?.bytes,
})

/** Never negative: the two times may be from the clocks of two machines. */
function msBetween(from: Date | null, to: Date | null): number {
  return from && to ? Math.max(0, to.getTime() - from.getTime()) : 0
}
