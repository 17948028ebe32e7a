/** The results of a batch as one archive. */
import { Readable } from 'node:stream'
import { batchReport, type Unpacked } from './batch-zip/batch-report.ts'
import { ZipNames } from './batch-zip/zip-names.ts'
import { jobsPageByPage } from './jobs/jobs-page-by-page.ts'
import type { Job, Jobs } from './jobs.ts'
import { unlessMissing } from './storage/unless-missing.ts'
import type { ObjectStore } from './storage.ts'
import { resultMediaType } from './vocabulary/formats.ts'
import { type ArchiveEntry, zipOf } from './zip-stream.ts'

const PAGE = 200
/** All others are packed in themselves. */
const DEFLATED = /^(text\/|image\/svg|application\/(rtf|xml|vnd\.oasis\.opendocument\.\w+-flat-xml))/

interface BatchKey {
  owner: string
  id: string
}

/** Its jobs in the order of their creation. */
export async function jobsOfBatch({ list }: Pick<Jobs, 'list'>, { owner, id }: BatchKey): Promise<Job[]> {
  const jobs: Job[] = []
  for await (const page of jobsPageByPage(list, { owner, batchId: id, limit: PAGE })) jobs.push(...page)
  return jobs.reverse()
}

/**
 * The archive, read from the storage as it is sent: results in their folders under their names, and last `report.txt`
 * where there is something to tell. A result that was deleted since is told there.
 */
export function batchZip(jobs: readonly Job[], storage: Pick<ObjectStore, 'read'>): Readable {
  return Readable.from(zipOf(entriesOf(jobs, storage)), { objectMode: false })
}

async function* entriesOf(
  jobs: readonly Job[],
  storage: Pick<ObjectStore, 'read'>,
): AsyncGenerator<ArchiveEntry> {
  const names = new ZipNames()
  const unpacked: Unpacked[] = []
  for (const job of jobs) {
    const content = job.result && (await storage.read(job.result.key).catch(unlessMissing))
    if (!job.result || !content) {
      unpacked.push({ job, name: null })
      continue
    }
    const name = names.take(job.folder, job.result.fileName)
    if (job.report?.notes.length) unpacked.push({ job, name })
    const deflate = DEFLATED.test(resultMediaType(job.target, job.options))
    const { bytes, crc32 } = job.result
    yield { name, modified: job.finishedAt ?? job.createdAt, bytes, crc32, deflate, content }
  }
  if (unpacked.length === 0) return
  const text = Buffer.from(batchReport(unpacked))
  const name = names.take('', 'report.txt')
  yield { name, modified: new Date(), bytes: text.length, deflate: true, content: Readable.from([text]) }
}

/** What the archive is called: the folder that all files lie in, or the date. */
export function zipName(jobs: readonly Job[], today: Date): string {
  const [first = ''] = jobs.map(({ folder }) => folder.split('/')[0])
  const isCommon = first !== '' && jobs.every(({ folder }) => folder.split('/')[0] === first)
  return `${isCommon ? first : `nightshift-${today.toISOString().slice(0, 10)}`}.zip`
}
