import { JOB_STATES } from '../../../vocabulary/job.ts'
import { type FacetCounts, isFound, type JobListing, MOST_FACET } from '../../../vocabulary/job-filter.ts'
import { listingOf } from '../../job-listing.ts'
import type { JobSearch } from '../../search.ts'
import { type JobTable, jobOf } from './job-table.ts'

/** @see JobSearch */
export function searchOfEntries(table: JobTable): JobSearch {
  const all = () => table.where(() => true).map(entry => listingOf(jobOf(entry)))
  return {
    async find({ filter, limit, after }) {
      const found = all()
        .filter(job => isFound(job, filter))
        .sort(filter.name === undefined ? newestFirst : byNameBackwards)
      const from = after ? found.findIndex(({ id }) => id === after) + 1 : 0
      const items = found.slice(from, from + limit)
      return { items, next: found.length > from + limit ? (items.at(-1)?.id ?? null) : null }
    },
    findByIds: async ids => all().filter(({ id }) => ids.includes(id)),
    async countStates() {
      const counts = JOB_STATES.map(state => {
        const counted = table.where(entry => entry.state === state).length
        return [state, Math.min(counted, MOST_FACET + 1)]
      })
      return Object.fromEntries(counts) as FacetCounts
    },
  }
}

const backwards = (a: string, b: string) => (a < b ? 1 : a > b ? -1 : 0)

const newestFirst = (a: JobListing, b: JobListing) =>
  backwards(a.createdAt, b.createdAt) || backwards(a.id, b.id)

const byNameBackwards = (a: JobListing, b: JobListing) =>
  backwards(a.fileName.toLowerCase(), b.fileName.toLowerCase()) || newestFirst(a, b)
