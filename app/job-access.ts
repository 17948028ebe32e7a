import type { IncomingMessage } from 'node:http'
import type { Job, Jobs, JobsPage, ListQuery } from '#lib/jobs.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import { isPurged } from '#lib/vocabulary/job.ts'
import type { Owners } from './owners.ts'

/** Which job. A rule that depends on who asks adds that here, and the compiler names every caller. */
export interface JobScope {
  id: string
}

interface JobSource {
  jobs: Pick<Jobs, 'get'>
}

type OwnedJob = Pick<Job, 'id' | 'batchId' | 'owner'>

/**
 * The access rule for routes, socket and pages: the number of a job is the key to look at it and to download its
 * result. Undefined where the scope opens no job. Nothing else in `app/` reads a job by its number.
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

/**
 * The access rule for every change: it takes the owner's cookie, or the token of the owner, of the job or of its batch.
 * @param id what the request proves; undefined where only its address is known, which several people may share
 */
export function mayChange({ id: jobId, batchId, owner }: OwnedJob, id: string | undefined): boolean {
  if (isPurged({ owner })) return false
  return id !== undefined && [owner, jobId, batchId].includes(id)
}

/** As `jobFor`, for a request that changes the job; a purged one is nobody's to change. @throws AppError `job_not_found`, `not_your_job` */
export async function changeableJob(
  context: JobSource & { owners: Pick<Owners, 'idOf'> },
  scope: JobScope,
  { headers }: Pick<IncomingMessage, 'headers'>,
): Promise<Job> {
  const job = await jobFor(context, scope)
  if (isPurged(job)) throw new AppError('job_not_found')
  if (!mayChange(job, context.owners.idOf(headers))) throw new AppError('not_your_job')
  return job
}

/**
 * The token that comes with a job which a sender without cookie or token has just created; undefined for others. One
 * who only repeats a request gets none, because a shared address proves nothing.
 */
export function tokenForCreator(
  { owners }: { owners: Pick<Owners, 'tokenFor'> },
  { job, created }: { job: Pick<Job, 'id'>; created: boolean },
  { identified }: { identified: boolean },
): string | undefined {
  return created && !identified ? owners.tokenFor(job.id) : undefined
}

/** A page of the owner's jobs. The job that a token came with is the oldest of those that its holder owns. */
export async function listOwnJobs({ jobs }: { jobs: Jobs }, query: ListQuery): Promise<JobsPage<Job>> {
  const { owner, batchId, limit, after } = query
  const page = await jobs.list(query)
  if (page.next !== null) return page
  const first = after === owner ? undefined : await findJob({ jobs }, { id: owner })
  if (!first || first.owner === owner || isPurged(first) || (batchId && first.batchId !== batchId))
    return page
  const { items } = page
  return items.length < limit
    ? { items: [...items, first], next: null }
    : { items, next: items.at(-1)?.id ?? null }
}
