import type { Job, Jobs } from '#lib/jobs.ts'
import { AppError } from '#lib/vocabulary/errors.ts'

/** Which job. A rule that depends on who asks adds that here, and the compiler names every caller. */
export interface JobScope {
  id: string
}

interface JobSource {
  jobs: Pick<Jobs, 'get'>
}

/**
 * The access rule for routes, socket and pages: the number of a job is the key to it. Undefined where the scope
 * opens no job. Nothing else in `app/` reads a job by its number.
 */
export function findJob({ jobs }: JobSource, { id }: JobScope): Promise<Job | undefined> {
  return jobs.get(id)
}

/** As `findJob`, for whoever cannot go on without the job. @throws AppError `job_not_found` */
export async function jobFor(context: JobSource, scope: JobScope): Promise<Job> {
  const job = await findJob(context, scope)
  if (!job) throw new AppError('job_not_found')
  return job
}
