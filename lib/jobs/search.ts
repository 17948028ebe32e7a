/** The contract of searching jobs, for operators. Not every store can; one that cannot has no search. */
import type { JobsPage } from '../jobs.ts'
import type { JobState } from '../vocabulary/job.ts'
import type { JobFilter, JobListing } from '../vocabulary/job-filter.ts'

/** So many jobs of a state are counted; of more it is only known that they are more. */
export const MOST_FACET = 1000

export interface JobSearchQuery {
  filter: JobFilter
  /** The most jobs on the page. */
  limit: number
  /** The `next` of the previous page; unset: from the newest on. */
  after?: string | undefined
}

/** Counts above `MOST_FACET` are one more than it. */
export type StateCounts = Readonly<Record<JobState, number>>

export interface JobSearch {
  /**
   * Newest first; by a name in the order of names, from Z to A. A page may have fewer jobs than its limit, or none, and
   * still not be the last: reads are bounded, and `next` goes on where this one stopped.
   */
  find(query: JobSearchQuery): Promise<JobsPage<JobListing>>
  /** Those of these jobs that there are, in no order. */
  findByIds(ids: readonly string[]): Promise<JobListing[]>
  countStates(): Promise<StateCounts>
}
