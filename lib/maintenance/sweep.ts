import { JOBS_PREFIX, type Jobs, jobPrefix } from '../jobs.ts'
import type { Storage } from '../storage.ts'
import { sweepUploads } from '../upload-records.ts'

/**
 * Deletes files that belong to nobody: uploads over their time, and what lies under the number of no job. Files
 * without a row may be a form under way, so only what was there at the last sweep too is an orphan.
 */
export function createSweep({ jobs, storage }: { jobs: Jobs; storage: Storage }): () => Promise<void> {
  let suspects = new Set<string>()
  return async () => {
    const open = await sweepUploads({ storage, jobs })
    const ids = new Set<string>()
    for await (const key of storage.list(JOBS_PREFIX)) {
      const id = key.split('/')[1]
      if (id) ids.add(id)
    }
    const known = await jobs.existing([...ids])
    const orphans = [...ids].filter(id => !known.has(id) && !open.has(id))
    for (const id of orphans) if (suspects.has(id)) await storage.delete(jobPrefix(id))
    suspects = new Set(orphans)
  }
}
