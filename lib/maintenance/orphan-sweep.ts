import { isSourceKey, JOBS_PREFIX, type Jobs, jobPrefix } from '../jobs.ts'
import { isExpired, type UploadSpool } from '../spool.ts'
import type { ObjectStore } from '../storage.ts'

/** An upload that began just before its expiry may finish. In milliseconds. */
const GRACE_MS = 60_000

interface SweepOptions {
  jobs: Jobs
  storage: ObjectStore
  spool: UploadSpool
}

/**
 * Deletes orphans: expired uploads, and files under an id without a job. Files without a row may belong to a form that
 * is being received, so only files that the last sweep saw too are orphans. Sources that were not to be kept go, too,
 * where the worker died that completed the job. The spool sweeps what dead processes left of their own.
 */
export function createOrphanSweep({ jobs, storage, spool }: SweepOptions): () => Promise<void> {
  let suspects = new Set<string>()
  return async () => {
    const open = await sweepUploads(spool, jobs)
    const ids = new Set<string>()
    const sources = new Map<string, string[]>()
    for await (const key of storage.list(JOBS_PREFIX)) {
      const id = key.split('/')[1]
      if (!id) continue
      ids.add(id)
      if (isSourceKey(key)) sources.set(id, [...(sources.get(id) ?? []), key])
    }
    for (const id of await jobs.withUnwantedSource([...sources.keys()]))
      for (const key of sources.get(id) ?? []) await storage.delete(key)
    const known = await jobs.existing([...ids])
    const orphans = [...ids].filter(id => !known.has(id) && !open.has(id))
    for (const id of orphans) if (suspects.has(id)) await storage.delete(jobPrefix(id))
    suspects = new Set(orphans)
    await spool.sweep()
  }
}

/** Deletes what is over its time and gives the numbers of the uploads that are still open. */
async function sweepUploads(spool: UploadSpool, jobs: Jobs): Promise<Set<string>> {
  const uploads = await spool.list()
  // A crash between the job and the end of its upload leaves both: then the bytes are the job's.
  const taken = await jobs.existing(uploads.map(upload => upload.id))
  const open = new Set<string>()
  for (const upload of uploads) {
    if (taken.has(upload.id)) await spool.close(upload.id)
    else if (isExpired(upload, GRACE_MS)) await spool.drop(upload.id)
    else open.add(upload.id)
  }
  return open
}
