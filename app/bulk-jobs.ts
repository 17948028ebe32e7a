import pMap from 'p-map'
import { listingOf } from '#lib/jobs/job-listing.ts'
import type { Jobs } from '#lib/jobs.ts'
import type { ObjectStore } from '#lib/storage.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import type { JobState } from '#lib/vocabulary/job.ts'
import type { JobFilter, JobListing } from '#lib/vocabulary/job-filter.ts'
import { type OperatorAction, type Untouched, whyUntouched } from '#lib/vocabulary/operator-action.ts'
import { findJob } from './job-access.ts'
import { deleteFiles } from './kept-files.ts'

/** The jobs of these ids, or all that a filter finds. */
export type JobSelection = { ids: readonly string[] } | { filter: JobFilter }

/** So many jobs a preview looks at, and so many one call changes. */
export const MOST_PREVIEWED = 1000
export const MOST_CHANGED = 500
const PAGE = 100
/** So many writes go on at a time. */
const AT_A_TIME = { concurrency: 4 }

/** What an action would do, by the states of the jobs. */
export interface BulkPreview {
  touched: Partial<Record<JobState, number>>
  untouched: Partial<Record<Untouched, number>>
  /** Whether there are more jobs than were looked at. */
  isMore: boolean
}

interface BulkContext {
  jobs: Jobs
  storage: ObjectStore
  /** How many attempts a retry adds. */
  maxAttempts: number
}

/** Looks at the selected jobs, page by page. */
export async function previewBulk(
  action: OperatorAction,
  selection: JobSelection,
  { jobs }: Pick<BulkContext, 'jobs'>,
): Promise<BulkPreview> {
  const preview: BulkPreview = { touched: {}, untouched: {}, isMore: false }
  let seen = 0
  for await (const page of selectedJobs(selection, jobs))
    for (const job of page) {
      if (seen++ === MOST_PREVIEWED) return { ...preview, isMore: true }
      const why = whyUntouched(action, job, Date.now())
      if (why) preview.untouched[why] = (preview.untouched[why] ?? 0) + 1
      else preview.touched[job.state] = (preview.touched[job.state] ?? 0) + 1
    }
  return preview
}

/** What became of the selected jobs; `left` are those that another call would change, up to `MOST_PREVIEWED`. */
export interface BulkOutcome {
  changed: number
  unchanged: number
  left: number
}

/**
 * Acts on the selected jobs, page by page, each by a write of its own that has its condition: a second call changes
 * nothing twice.
 * @throws AppError where the back end is away; what was changed until then stays changed
 */
export async function actOnJobs(
  action: OperatorAction,
  selection: JobSelection,
  context: BulkContext,
): Promise<BulkOutcome> {
  const outcome = { changed: 0, unchanged: 0, left: 0 }
  for await (const page of selectedJobs(selection, context.jobs)) {
    const open = page.filter(job => !whyUntouched(action, job, Date.now()))
    outcome.unchanged += page.length - open.length
    const now = open.slice(0, MOST_CHANGED - outcome.changed)
    outcome.left += open.length - now.length
    if (outcome.left >= MOST_PREVIEWED) return outcome
    const changed = await pMap(now, job => wasChanged(() => actOnJob(action, job.id, context)), AT_A_TIME)
    outcome.changed += changed.filter(Boolean).length
    outcome.unchanged += changed.filter(one => !one).length
  }
  return outcome
}

/** One action on one job. @throws AppError where the job does not allow it, or is not there */
export async function actOnJob(action: OperatorAction, id: string, context: BulkContext): Promise<void> {
  if (action === 'retry') await context.jobs.retry(id, context.maxAttempts)
  else if (action === 'cancel') await context.jobs.cancel(id)
  else await deleteFiles(id, context)
}

async function* selectedJobs(selection: JobSelection, jobs: Jobs): AsyncGenerator<JobListing[]> {
  if ('ids' in selection) return yield await listingsOf(selection.ids, jobs)
  let after: string | undefined
  do {
    const { items, next } = await jobs.search.find({ filter: selection.filter, limit: PAGE, after })
    yield items
    after = next ?? undefined
  } while (after !== undefined)
}

/** Those of these jobs that there are; also where jobs cannot be searched. */
async function listingsOf(ids: readonly string[], jobs: Jobs): Promise<JobListing[]> {
  if (jobs.guarantees.searches) return jobs.search.findByIds(ids)
  const found = await pMap(ids, id => findJob({ jobs }, { id }), AT_A_TIME)
  return found.flatMap(job => (job ? [listingOf(job)] : []))
}

/** False where the job did not allow it any more. */
async function wasChanged(act: () => Promise<void>): Promise<boolean> {
  try {
    await act()
    return true
  } catch (error) {
    if (error instanceof AppError && error.status < 500) return false
    throw error
  }
}
