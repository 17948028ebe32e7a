import { whyNotKept } from '#lib/jobs/why-not-kept.ts'
import { type Job, type Jobs, jobPrefix } from '#lib/jobs.ts'
import type { ObjectStore } from '#lib/storage.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import { findJob } from './job-access.ts'

interface KeptFiles {
  jobs: Jobs
  storage: ObjectStore
}

/** @throws AppError `deleted`, `expired` of a job whose files are not kept any more */
export function refuseUnlessKept(job: Pick<Job, 'receipt' | 'expiresAt'>): void {
  const why = whyNotKept(job)
  if (why) throw why
}

/** As `Jobs.earlierResult`, but none that the storage has lost. */
export async function keptEarlierResult(
  wanted: Parameters<Jobs['earlierResult']>[0],
  { jobs, storage }: KeptFiles,
): Promise<Job | undefined> {
  const earlier = await jobs.earlierResult(wanted)
  if (!earlier?.result || (await storage.size(earlier.result.key)) === undefined) return undefined
  return earlier
}

/**
 * Deletes the files of a job that has ended, at once. The row says so first: where this process dies before the files
 * are deleted, maintenance deletes them.
 * @throws AppError `job_not_found`, `not_ended`
 */
export async function deleteFiles(id: string, { jobs, storage }: KeptFiles): Promise<Job> {
  const job = await jobs.requestDeletion(id)
  if (job.receipt?.deletedAt) return job
  await storage.delete(jobPrefix(id))
  await jobs.markFilesDeleted([id])
  return (await findJob({ jobs }, { id })) ?? job
}

/**
 * Deletes all of a job but its receipt, in the same order; what it does is cancelled first. @throws AppError
 * `job_not_found`
 */
export async function purgeWithFiles(id: string, { jobs, storage }: KeptFiles): Promise<void> {
  const { receipt } = await jobs.purge(id)
  // Also where they are said to be deleted: what a killed worker left since would stay as long as the row.
  await storage.delete(jobPrefix(id))
  if (!receipt?.deletedAt) await jobs.markFilesDeleted([id])
}

/** Cancels the job, or deletes its files where it has ended, perhaps at this moment. */
export async function cancelOrDelete(id: string, context: KeptFiles): Promise<Job> {
  try {
    return await context.jobs.cancel(id)
  } catch (error) {
    if (error instanceof AppError && error.code === 'job_finished') return deleteFiles(id, context)
    throw error
  }
}
