import { createHash, randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { z } from '@hono/zod-openapi'
import { cleanFileName } from '#lib/file-name.ts'
import { type Job, partKey, type SourcePart } from '#lib/jobs.ts'
import { seal } from '#lib/seal.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import type { Options } from '#lib/vocabulary/job.ts'
import { MOST_PARTS, parseMerge } from '#lib/vocabulary/settings.ts'
import { ownerInBatch } from '../batch-access.ts'
import { findJob } from '../job-access.ts'
import { askedWebhook } from './asked-webhook.ts'
import { FieldsSchema } from './form-fields.ts'
import { type Intake, type IntakeContext, keptMs, notLocked } from './intake.ts'
import { inCreateSpan } from './intake-spans.ts'
import { type NewMerge, type ScannedPart, takePart } from './merge-sources.ts'
import { withRegionalDefaults } from './regional-defaults.ts'
import type { Requester } from './requester.ts'

export const MergeFieldsSchema = FieldsSchema.omit({ reuse: true }).extend({
  sources: z
    .array(z.union([z.strictObject({ uploadId: z.uuid() }), z.strictObject({ jobId: z.uuid() })]))
    .min(2)
    .max(MOST_PARTS)
    .openapi({
      description:
        'Finished uploads and jobs whose results become one PDF, in this order, with a bookmark for each.',
    }),
})
type MergeFields = z.infer<typeof MergeFieldsSchema>

/** The name of the result where the sender gives none. */
const MERGED = 'merged.pdf'

interface Merge extends NewMerge {
  settings: MergeFields
  requester: Requester
}

/**
 * Creates a job that merges uploads and results of jobs. It owns its sources: results are copied, and the uploads are
 * closed. The first upload's id becomes the job's, so a repeated call returns the same job. After an error the uploads
 * stay until they expire, but for one that is refused.
 * @throws AppError `upload_not_found`, `upload_incomplete`, `upload_expired`, `job_not_found`, `not_ready`,
 *   `no_result`, `expired`; for an invalid file or setting
 */
export async function createMergedJob(
  incoming: IncomingMessage,
  { settings, requester }: { settings: MergeFields; requester: Requester },
  context: IntakeContext,
): Promise<Intake> {
  const { uploads } = context
  const uploadIds = uploadsOf(settings)
  const id = uploadIds[0] ?? randomUUID()
  const hasPassword = settings.options.password !== undefined
  const merge = { id, sources: settings.sources, hasPassword, settings, requester, incoming }
  const lock = await lockAll(uploadIds, incoming, context).catch(async error => {
    // The job is created before its uploads are closed.
    const job = await existingMerge(id, context)
    if (job) return { job, created: false }
    throw error
  })
  if ('job' in lock) return lock
  try {
    const earlier = await existingMerge(id, context)
    if (earlier) return { job: earlier, created: false }
    const { job, created } = await inCreateSpan({ id, requester }, context, requester =>
      createFromParts({ ...merge, requester }, context),
    )
    for (const upload of uploadIds) {
      const isOwned = upload === id && (created || job.id === id)
      await (isOwned ? uploads.close(upload) : uploads.drop(upload))
    }
    return { job, created }
  } finally {
    lock.release()
  }
}

async function existingMerge(id: string, context: IntakeContext): Promise<Job | undefined> {
  const job = (await context.jobs.existing([id])).has(id) ? await findJob(context, { id }) : undefined
  return job?.sources ? job : undefined
}

function uploadsOf({ sources }: MergeFields): string[] {
  return [...new Set(sources.flatMap(source => ('uploadId' in source ? [source.uploadId] : [])))]
}

/** Takes the locks of all uploads, always in the same order, so that two requests never wait for each other. */
async function lockAll(
  ids: readonly string[],
  incoming: IncomingMessage,
  { uploads }: IntakeContext,
): Promise<{ release(): void }> {
  const locks: { release(): void }[] = []
  const release = () => {
    for (const lock of locks) lock.release()
  }
  try {
    for (const id of ids.toSorted()) {
      const { length } = await uploads.findOwn(id, incoming, { fromMemory: true })
      locks.push(await uploads.locks.acquire(id, incoming, { atSize: length }))
    }
    return { release }
  } catch (error) {
    release()
    throw error
  }
}

async function createFromParts(merge: Merge, context: IntakeContext): Promise<Intake> {
  const { sources } = merge.settings
  const deleteCopies = () =>
    Promise.all(sources.map((_, index) => context.storage.delete(partKey(merge.id, index + 1))))
  try {
    await context.jobs.admit(merge.requester.owner)
    const parts: ScannedPart[] = []
    for (const index of sources.keys()) parts.push(await takePart(index, merge, context))
    const made = await create(parts, merge, context)
    if (!made.created && made.job.id !== merge.id) await deleteCopies()
    return made
  } catch (error) {
    // When the database failed, the job may have been written all the same; if not, the sweep deletes its files later.
    if (!(error instanceof AppError && error.code === 'database_down')) await deleteCopies()
    throw error
  }
}

async function create(
  parts: readonly ScannedPart[],
  { id, settings, requester }: Merge,
  { jobs, config, secret }: IntakeContext,
): Promise<Intake> {
  const { locale, identified: _, waits: __, ...by } = requester
  const { batchId } = settings
  const owner = batchId ? await ownerInBatch({ jobs }, batchId, by.owner) : by.owner
  const formats = parts.map(({ scanned }) => scanned.format)
  const { target, options, secrets } = parseMerge(settings, formats)
  if (secrets.password && !parts.some(({ scanned }) => scanned.locked)) throw notLocked(target)
  const sources = parts.map(({ fileName, stored, scanned }) => {
    const { format, flags } = scanned
    const own = withRegionalDefaults({ target, options: {} }, scanned, { locale, engine: config.engine })
    return { ...stored, fileName, format, flags, options: without(own, options) }
  })
  return jobs.create({
    id,
    batchId: batchId ?? randomUUID(),
    fileName: cleanFileName(settings.fileName ?? MERGED),
    source: sumOf(sources),
    sources,
    target,
    options,
    sealed: Object.keys(secrets).length > 0 ? seal(JSON.stringify(secrets), secret) : null,
    expiresAt: new Date(Date.now() + keptMs(settings, config)),
    keepSource: settings.keepSource,
    webhook: askedWebhook(settings, config),
    maxAttempts: config.maxAttempts,
    ...by,
    owner,
  })
}

/** What the sender chose for all parts counts more than the region. */
function without(own: Options, chosen: Options): Options {
  return Object.fromEntries(Object.entries(own).filter(([name]) => chosen[name] === undefined))
}

/** All sources as one: the hash changes with each of them and with their order. */
function sumOf(sources: readonly SourcePart[]): Job['source'] {
  const hash = createHash('sha256')
  for (const { sha256 } of sources) hash.update(sha256)
  const bytes = sources.reduce((sum, part) => sum + part.bytes, 0)
  return { format: 'pdf', bytes, sha256: hash.digest('hex') }
}
