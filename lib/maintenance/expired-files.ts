import type { Backend } from '../backend.ts'
import { jobPrefix } from '../jobs.ts'

/** Rows are written for so many jobs at a time. */
const PAGE = 50

/**
 * Deletes the files of expired jobs, some hundred at the most, and returns of how many. The row is written after its
 * files: where the process dies in between, the job is still among the expired ones, and deleting again changes nothing.
 */
export async function deleteExpiredFiles({
  jobs,
  storage,
}: Pick<Backend, 'jobs' | 'storage'>): Promise<number> {
  const expired = await jobs.expired(new Date())
  for (let from = 0; from < expired.length; from += PAGE) {
    const page = expired.slice(from, from + PAGE)
    for (const id of page) await storage.delete(jobPrefix(id))
    await jobs.markFilesDeleted(page)
  }
  return expired.length
}
