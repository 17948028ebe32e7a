import { jobsPageByPage } from '#lib/jobs/jobs-page-by-page.ts'
import type { Batch, Job } from '#lib/jobs.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import { isTerminal } from '#lib/vocabulary/job.ts'
import { purgeWithFiles } from '../kept-files.ts'
import type { ApiContext } from './context.ts'

/** So many jobs are changed by one call; the next call goes on. */
export const MOST_CHANGES = 500
const PAGE = 200
const AT_A_TIME = 8

/** What one call did: how many jobs it changed, and whether there are more for the next one. */
export interface BatchChanges {
  changed: number
  more: boolean
}

type ChangeContext = Pick<ApiContext, 'jobs' | 'storage' | 'config'>
type Change = (context: ChangeContext, batch: Batch) => Promise<BatchChanges>

/** Cancels what has not ended. */
export const cancelRest: Change = ({ jobs }, batch) =>
  changeEach(jobs, batch, {
    concerns: job => !isTerminal(job.state),
    change: job => jobs.cancel(job.id),
  })

/** Queues what failed again, as far as its file is there. */
export const retryFailed: Change = ({ jobs, config }, batch) =>
  changeEach(jobs, batch, {
    concerns: job => job.state === 'failed' && job.expiresAt.getTime() > Date.now(),
    change: job => jobs.retry(job.id, config.maxAttempts),
  })

/** Deletes all of them but their receipts. */
export const deleteAll: Change = (context, batch) =>
  changeEach(context.jobs, batch, {
    concerns: () => true,
    change: ({ id }) => purgeWithFiles(id, context),
  })

/** What another request was faster with. */
const MEANWHILE = ['job_not_found', 'job_finished', 'not_retryable']

async function changeEach(
  jobs: ApiContext['jobs'],
  { id: batchId, owner }: Batch,
  { concerns, change }: { concerns(job: Job): boolean; change(job: Job): Promise<unknown> },
): Promise<BatchChanges> {
  const chosen: Job[] = []
  for await (const page of jobsPageByPage(jobs.list, { owner, batchId, limit: PAGE })) {
    chosen.push(...page.filter(concerns))
    if (chosen.length > MOST_CHANGES) break
  }
  let changed = 0
  const changeOne = async (job: Job) => {
    await change(job).then(
      () => changed++,
      error => {
        if (!(error instanceof AppError && MEANWHILE.includes(error.code))) throw error
      },
    )
  }
  const now = chosen.slice(0, MOST_CHANGES)
  for (let first = 0; first < now.length; first += AT_A_TIME)
    await Promise.all(now.slice(first, first + AT_A_TIME).map(changeOne))
  return { changed, more: chosen.length > now.length }
}
