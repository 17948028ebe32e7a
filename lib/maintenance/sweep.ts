import { JOBS_PREFIX, type Jobs, jobPrefix } from '../jobs.ts'
import type { Storage } from '../storage.ts'
import { sweepUploads } from '../upload-records.ts'

/**
 * Deletes orphans: expired uploads, and files under an id without a job. Files without a row may belong to a form that
 * is being received, so only files that the last sweep saw too are orphans.
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
