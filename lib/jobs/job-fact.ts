import { ERRORS } from '../vocabulary/errors.ts'
import type { HeldWrite } from './observed-store.ts'
import { secondsBetween } from './seconds-between.ts'

/**
 * What became of a job by a write of this process, to be counted: no name and no id. Codes are those of the error
 * table, or `OTHER_CODE`.
 */
export type JobFact =
  | { type: 'created' }
  /** `waitedS`: seconds until its first attempt; undefined of later ones, which may wait for a backoff. */
  | { type: 'started'; waitedS: number | undefined }
  /** `tookS`: the length of the attempt in seconds. */
  | { type: 'completed'; tookS: number }
  /** An attempt failed, and another one follows. */
  | { type: 'retried'; code: string }
  /** `isDead`: another attempt might have helped, but none was left. */
  | { type: 'failed'; code: string; isDead: boolean }
  | { type: 'cancelled' }

export type ObserveJobs = (fact: JobFact) => void

/** Stands for the codes that only another version of Nightshift knows. */
export const OTHER_CODE = 'other'

/** The code of an error, from a closed set. */
export function countedCode({ code }: { code: string }): string {
  return Object.hasOwn(ERRORS, code) ? code : OTHER_CODE
}

export function jobFactOf(write: HeldWrite): JobFact {
  const { type, job } = write
  switch (type) {
    case 'started':
      return { type, waitedS: job.claims === 1 ? secondsBetween(job.queuedAt, job.startedAt) : undefined }
    case 'completed':
      return { type, tookS: secondsBetween(job.startedAt, job.finishedAt) }
    case 'retried':
      return { type, code: countedCode(write.error) }
    case 'failed':
      return { type, code: countedCode(write.error), isDead: write.isDead }
    default:
      return { type }
  }
}
