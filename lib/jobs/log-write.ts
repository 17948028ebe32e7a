import type { Job } from '../jobs.ts'
import { jobInLog } from '../log/job-log.ts'
import type { Logger } from '../log.ts'
import type { HeldWrite } from './observed-store.ts'
import { secondsBetween } from './seconds-between.ts'

/**
 * Logs what a write made of a job, in one line. Lines have no name of a file and nothing else that its sender wrote.
 */
export function logWrite(log: Logger, write: HeldWrite): void {
  const { type, job } = write
  const names = { ...jobInLog(job), attempt: job.attempt }
  if (type === 'created') log.info({ ...names, ...kindOf(job) }, 'a job was created')
  else if (type === 'started')
    log.debug({ ...names, waitedMs: msBetween(job.queuedAt, job.startedAt) }, 'an attempt began')
  else if (type === 'completed') log.info({ ...names, ...lengthOf(job) }, 'a job was completed')
  else if (type === 'retried')
    log.info({ ...names, code: write.error.code, outcome: write.outcome }, 'a job waits for another attempt')
  else if (type === 'failed') log.warn({ ...names, code: write.error.code }, 'a job failed')
  else log.info(names, 'a job was cancelled')
}

const kindOf = ({ source, target }: Job) => ({ format: source.format, target, bytes: source.bytes })

const lengthOf = ({ startedAt, finishedAt, result }: Job) => ({
  tookMs: msBetween(startedAt, finishedAt),
  bytes: result?.bytes,
})

const msBetween = (from: Date | null, to: Date | null) => Math.round(secondsBetween(from, to) * 1000)
