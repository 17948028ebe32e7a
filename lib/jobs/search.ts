/** The contract of searching jobs, for operators. Not every store can; one that cannot has no search. */
import type { JobsPage } from '../jobs.ts'
import type { FacetCounts, JobFilter, JobListing } from '../vocabulary/job-filter.ts'

export interface JobSearchQuery {
  filter: JobFilter
  /** The most jobs on the page. */
  limit: number
  /** The `next` of the previous page; unset: from the newest on. */
  after?: string | undefined
}

export interface JobSearch {
  /**
   * Newest first; by a name in the order of names, from Z to A. A page may have fewer jobs than its limit, or none, and
   * still not be the last: reads are bounded, and `next` goes on where this one stopped.
   */
  find(query: JobSearchQuery): Promise<JobsPage<JobListing>>
  /** Those of these jobs that there are, in no order. */
  findByIds(ids: readonly string[]): Promise<JobListing[]>
  countStates(): Promise<FacetCounts>
}
