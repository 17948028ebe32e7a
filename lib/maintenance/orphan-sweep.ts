import type { Backend } from '../backend.ts'
import { isSourceKey, JOBS_PREFIX, type Jobs, jobPrefix } from '../jobs.ts'
import { isExpired, type UploadSpool } from '../spool.ts'

/** An upload that began just before its expiry may finish. In milliseconds. */
const GRACE_MS = 60_000
/** So many keys are looked at together. */
const PAGE = 500
/** So many ids fit into a message of any queue. */
const SUSPECTS = 200

type Files = Pick<Backend, 'jobs' | 'storage' | 'spool'>

/**
 * Looks for orphans: deletes expired uploads, and sources that were not to be kept where the worker died that completed
 * the job, and reports files under an id without a job. Those may belong to a form that is being received, so only
 * `deleteOrphans` an hour later deletes them. The spool sweeps what dead processes left of their own.
 */
export async function sweepOrphans(
  files: Files,
  onSuspects: (ids: readonly string[]) => Promise<void>,
): Promise<void> {
  const open = await sweepUploads(files.spool, files.jobs)
  for await (const keys of pagesOf(files.storage.list(JOBS_PREFIX))) {
    await deleteUnwantedSources(files, keys)
    const suspects = await withoutJob(files, { ids: idsOf(keys), open })
    for (let from = 0; from < suspects.length; from += SUSPECTS)
      await onSuspects(suspects.slice(from, from + SUSPECTS))
  }
  await files.spool.sweep()
}

/** Deletes the files of those ids that have no job and no open upload. */
export async function deleteOrphans(files: Files, ids: readonly string[]): Promise<void> {
  const open = new Set((await files.spool.list()).map(({ id }) => id))
  for (const id of await withoutJob(files, { ids, open })) await files.storage.delete(jobPrefix(id))
}

async function deleteUnwantedSources({ jobs, storage }: Files, keys: readonly string[]): Promise<void> {
  const sources = keys.filter(isSourceKey)
  const unwanted = await jobs.withUnwantedSource(idsOf(sources))
  for (const key of sources) if (unwanted.has(idOf(key))) await storage.delete(key)
}

async function withoutJob(
  { jobs }: Files,
  { ids, open }: { ids: readonly string[]; open: Set<string> },
): Promise<string[]> {
  const existing = await jobs.existing(ids)
  return ids.filter(id => !existing.has(id) && !open.has(id))
}

async function* pagesOf(keys: AsyncIterable<string>): AsyncIterable<string[]> {
  let page: string[] = []
  for await (const key of keys) {
    if (page.push(key) < PAGE) continue
    yield page
    page = []
  }
  if (page.length > 0) yield page
}

const idOf = (key: string): string => key.split('/')[1] ?? ''
const idsOf = (keys: readonly string[]): string[] => [...new Set(keys.map(idOf))].filter(id => id !== '')

/** Deletes what is over its time and returns the ids of the uploads that are still open. */
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
