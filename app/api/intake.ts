import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { cleanFileName } from '#lib/file-name.ts'
import { cleanFolder } from '#lib/folder-path.ts'
import { type Job, jobPrefix, sourceKey } from '#lib/jobs.ts'
import { type Scanned, scan, sourceOf, sourceOfBuffer } from '#lib/scan.ts'
import { seal } from '#lib/seal.ts'
import { isExpired, type UploadRecord } from '#lib/spool.ts'
import type { ObjectStore, StoredFile } from '#lib/storage.ts'
import { inSpan } from '#lib/tracing/in-span.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import { optionsOf, optionTitle, targetTitle } from '#lib/vocabulary/formats.ts'
import { isPurged } from '#lib/vocabulary/job.ts'
import { parseSettings } from '#lib/vocabulary/settings.ts'
import type { JobWebhook } from '#lib/vocabulary/webhook.ts'
import { ownerInBatch } from '../batch-access.ts'
import { findJob } from '../job-access.ts'
import { keptEarlierResult } from '../kept-files.ts'
import { joinTrace } from '../request-trace.ts'
import type { Uploads } from '../uploads.ts'
import { askedWebhook } from './asked-webhook.ts'
import type { ApiContext } from './context.ts'
import { type Fields, FieldsSchema, readFields } from './form-fields.ts'
import { inCreateSpan, traceUpload } from './intake-spans.ts'
import { invalidRequest } from './invalid-request.ts'
import { receiveForm } from './received-form.ts'
import { withRegionalDefaults } from './regional-defaults.ts'
import type { Requester } from './requester.ts'

export interface IntakeContext extends ApiContext {
  uploads: Uploads
}

/** What creating a job of a stored file needs: it may come by another way than a request. */
export type StoredFileContext = Pick<ApiContext, 'jobs' | 'storage' | 'config' | 'secret' | 'tracing'>

const HOUR_MS = 3_600_000

/** More than the fields and boundaries of any form. */
const FORM_BYTES = 1_000_000

/** A file in storage under its job's id, before the job exists. */
export interface ReceivedFile {
  id: string
  fileName: string
  file: StoredFile
  /** Its bytes, where they are still at hand. */
  content?: Buffer | undefined
}

/** What is asked of a file, and by whom. */
export interface JobRequest<F extends Fields = Fields> {
  settings: F
  requester: Requester
  /** The job whose source it is. */
  retryOf?: string | null
  /** Unset: as the settings say. */
  webhook?: JobWebhook | null
}

/** The job of a request; `created` is false where an earlier request made it. */
export interface Intake {
  job: Job
  created: boolean
  /** Whether it is an earlier job of the same, with whose result the sender is content. */
  isReused?: boolean
}

/**
 * Receives a form: streams the bytes to storage, scans them, then creates the job. A refused form leaves nothing
 * behind.
 * @throws AppError for an invalid form, file or setting
 */
export async function createJobFromForm(
  incoming: IncomingMessage,
  requester: Requester,
  context: IntakeContext,
): Promise<Intake> {
  const { uploads, storage, config } = context
  const id = randomUUID()
  const announced = Number(incoming.headers['content-length']) || 0
  // Only the file's size counts, but the rest of a form cannot explain this many bytes.
  if (announced > config.maxUploadBytes + FORM_BYTES)
    throw new AppError('too_large', { details: { limit: config.maxUploadBytes / 1_000_000 } })
  await uploads.admit(requester.owner, announced)
  return uploads.open.during(requester.owner, () =>
    keepingOnlyCreated(id, storage, async () => {
      const { fields, file, traceparent } = await receiveForm(incoming, id, context)
      const settings = readFields({ fileName: file.fileName, ...fields }, FieldsSchema)
      const { content, ...saved } = file.saved
      const received = { id, fileName: cleanFileName(settings.fileName ?? ''), file: saved, content }
      return createJobOf(received, { settings, requester: { ...requester, traceparent } }, context)
    }),
  )
}

/** Creates the job of a file that is in storage. @throws AppError for a file that cannot be converted; as `createJob` */
export async function createJobOf(
  received: ReceivedFile,
  by: JobRequest,
  context: StoredFileContext,
): Promise<Intake> {
  return inCreateSpan({ id: received.id, ...by }, context, async requester => {
    const traced = { ...by, requester }
    return createJob(received, { ...traced, seen: await detectSource(received, traced, context) }, context)
  })
}

/** Deletes what was stored under `id` where no job was created of it. */
export async function keepingOnlyCreated(
  id: string,
  storage: ObjectStore,
  create: () => Promise<Intake>,
): Promise<Intake> {
  try {
    const intake = await create()
    if (!intake.created) await storage.delete(jobPrefix(id))
    return intake
  } catch (error) {
    // When the database failed, the job may have been written all the same; if not, the sweep deletes its files
    // later.
    if (!(error instanceof AppError && error.code === 'database_down')) await storage.delete(jobPrefix(id))
    throw error
  }
}

/**
 * Creates the job of a finished upload; a repeated call returns the same job. A refused file is deleted; after an error
 * that another request can avoid (an unknown target, a full queue) the upload stays until it expires.
 * @throws AppError `upload_not_found`, `upload_incomplete`, `upload_expired`; as `createJobFromForm`
 */
export async function createJobFromUpload(
  incoming: IncomingMessage,
  { settings, requester, webhook }: JobRequest<Fields & { uploadId: string }>,
  context: IntakeContext,
): Promise<Intake> {
  const { uploads, jobs } = context
  const { uploadId: id } = settings
  let { fileName } = settings
  let record: UploadRecord
  try {
    record = await uploads.findOwn(id, incoming, { fromMemory: true })
    const { metadata } = record
    fileName ??= metadata?.filename ?? metadata?.name ?? undefined
  } catch (error) {
    // The job is created before its upload is closed.
    const job = await findJob(context, { id })
    if (job && !isPurged(job)) return { job, created: false }
    throw error
  }
  if (fileName === undefined)
    throw invalidRequest('neither “fileName” nor the metadata of the upload says how the file is called')
  const lock = await uploads.locks.acquire(id, incoming, { atSize: record.length })
  try {
    // A job rarely exists, so the cheapest query comes first: it exists after a crash between creating the job and
    // closing its upload.
    const earlier = (await jobs.existing([id])).has(id) ? await findJob(context, { id }) : undefined
    if (earlier) return { job: earlier, created: false }
    const received = {
      id,
      fileName: cleanFileName(fileName),
      file: await finishedUpload(id, incoming, context),
    }
    const traceparent = await traceUpload(record, requester, context)
    joinTrace(incoming, traceparent)
    const create = async (requester: Requester) => {
      const seen = await detectSource(received, { settings, requester }, context).catch(async error => {
        if (error instanceof AppError && !error.retryable) await uploads.drop(id)
        throw error
      })
      const by = { seen, settings, requester, ...(webhook !== undefined && { webhook }) }
      return createJob(received, by, context)
    }
    const intake = await inCreateSpan({ id, requester: { ...requester, traceparent } }, context, create)
    // Another web process may have made this very job at the same time.
    await (intake.created || intake.job.id === id ? uploads.close(id) : uploads.drop(id))
    return intake
  } finally {
    lock.release()
  }
}

/** The finished upload; its bytes are durable. @throws AppError `upload_not_found`, `upload_expired`, `upload_incomplete` */
export async function finishedUpload(
  id: string,
  incoming: IncomingMessage,
  { uploads, spool }: IntakeContext,
): Promise<StoredFile> {
  // Checked again under the lock: the previous holder may have deleted it.
  const record = await uploads.findOwn(id, incoming, { fromMemory: true })
  if (isExpired(record)) throw new AppError('upload_expired')
  const { length } = record
  const offset = await spool.size(id)
  if (offset < length) throw new AppError('upload_incomplete', { details: { offset, length } })
  if (length > 0) await spool.finish(id)
  return { bytes: length, sha256: (await uploads.hashes.upTo(id, length)).digest() }
}

/** Detects the file's format by content. A locked one may lack its password where its sender can be asked for it. @throws AppError as `scan` */
function detectSource(
  { id, file, fileName, content }: ReceivedFile,
  { settings, requester }: { settings: Fields; requester: Requester },
  { storage, tracing }: StoredFileContext,
): Promise<Scanned> {
  const hasPassword = settings.options.password !== undefined || !requester.waits
  const source = content ? sourceOfBuffer(content) : sourceOf(storage, sourceKey(id), file.bytes)
  return inSpan(tracing, { name: 'scan', parent: requester.traceparent }, () =>
    scan(source, fileName, { hasPassword }),
  )
}

/**
 * Creates the job of a file in storage.
 * @throws AppError for settings that do not fit the file; as `Jobs.create`
 */
async function createJob(
  { id, fileName, file }: ReceivedFile,
  { seen, settings, requester, retryOf = null, webhook }: JobRequest & { seen: Scanned },
  context: StoredFileContext,
): Promise<Intake> {
  const { jobs, config, secret } = context
  const { format, flags, locked } = seen
  const { locale, identified: _, waits: __, ...by } = requester
  const owner = settings.batchId ? await ownerInBatch({ jobs }, settings.batchId, by.owner) : by.owner
  const { secrets, ...wanted } = parseSettings(settings, format)
  if (secrets.password && !locked) throw notLocked(wanted.target)
  const needs = locked && !secrets.password ? ('password' as const) : null
  if (needs && !mayHavePassword(format, wanted.target)) throw new AppError('password_required')
  const sealed = Object.keys(secrets).length > 0 ? seal(JSON.stringify(secrets), secret) : null
  const options = withRegionalDefaults(wanted, seen, { locale, engine: config.engine })
  const about = {
    fileName,
    source: { format, ...file },
    flags,
    target: wanted.target,
    options,
    sealed,
    needs,
  }
  const expiresAt = new Date(Date.now() + keptMs(settings, config))
  const mayReuse = settings.reuse && requester.identified
  const earlier = mayReuse ? await keptEarlierResult({ id, owner, ...about }, context) : undefined
  if (earlier) return { job: earlier, created: false, isReused: true }
  const { maxAttempts } = config
  return jobs.create({
    id,
    batchId: settings.batchId ?? randomUUID(),
    folder: cleanFolder(settings.path ?? ''),
    ...about,
    expiresAt,
    keepSource: settings.keepSource,
    retryOf,
    webhook: webhook === undefined ? askedWebhook(settings, config) : webhook,
    maxAttempts,
    ...by,
    owner,
  })
}

/** How long the files are kept, in milliseconds. @throws AppError `kept_too_long` above the operator's limit */
export function keptMs(
  { keepFor }: Pick<Fields, 'keepFor'>,
  { retentionMs }: { retentionMs: number },
): number {
  if (keepFor === undefined) return retentionMs
  const ms = keepFor * HOUR_MS
  if (ms <= retentionMs) return ms
  throw new AppError('kept_too_long', { details: { limit: retentionMs / HOUR_MS, asked: keepFor } })
}

const mayHavePassword = (format: string, target: string) =>
  optionsOf(format, target).some(({ name }) => name === 'password')

/** A password that came with a file that needs none. */
export function notLocked(target: string): AppError {
  return new AppError('option_without_effect', {
    details: {
      name: optionTitle('password'),
      source: 'a file that is not locked',
      target: targetTitle(target),
    },
  })
}
