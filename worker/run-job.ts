import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import {
  type AbortReason,
  type Attempt,
  type Completion,
  type Job,
  type JobResult,
  type Jobs,
  LEASE_MS,
  resultKey,
  type SourcePart,
  sourceKey,
  thumbnailKey,
} from '#lib/jobs.ts'
import { logOfAttempt } from '#lib/log/job-log.ts'
import type { Logger } from '#lib/log.ts'
import { unseal } from '#lib/seal.ts'
import type { ObjectStore } from '#lib/storage.ts'
import { AppError, asAppError } from '#lib/vocabulary/errors.ts'
import { resultFileName } from '#lib/vocabulary/formats.ts'
import { type Progress, unmeasured } from '#lib/vocabulary/job.ts'
import type { Note } from '#lib/vocabulary/notes.ts'
import type { Result } from './check-result.ts'
import type { Conversion, Converted, Engine } from './engine.ts'
import { failureLog } from './failure-log.ts'
import { blamingFullDisk } from './full-disk.ts'
import { usualLoadShare } from './load-share.ts'
import { type Region, regionOf } from './region.ts'
import { type Draft, draftReport, type Reporting } from './report.ts'
import { factsFromScan } from './scan-facts.ts'
import type { Slots } from './slots.ts'
import { asJob, draftPartReports, fetchParts } from './source-parts.ts'
import { Stopwatch } from './stopwatch.ts'
import { fetchSource, storeFile, type Transfer } from './transfer.ts'

const RETRY_MS = 250
/** No result waits longer for a picture that is drawn after it, in milliseconds. */
const PICTURE_WITHIN_MS = 1000

/** The dependencies of an attempt. */
export interface AttemptContext {
  jobs: Pick<Jobs, 'get' | 'pace'>
  storage: ObjectStore
  slots: Pick<Slots, 'use'>
  engine: Pick<Engine, 'name' | 'convert'>
  fonts: Reporting['fonts']
  /** Decrypts sealed passwords. */
  secret: string
  /** Checks that a result can be read; resolves to its page count, if any. @throws AppError `bad_result` */
  check(result: Result): Promise<number | null>
  log: Logger
}

interface Outcome {
  result: JobResult
  about: Completion
}

/** Runs one attempt from the source in storage to the published result, or to the error of the job. */
export async function runJob(attempt: Attempt, given: AttemptContext): Promise<void> {
  const context = { ...given, log: logOfAttempt(given.log, attempt.job) }
  try {
    attempt.signal.throwIfAborted()
    const { outcome, cleared } = convertInSlot(attempt, context)
    const { result, about } = await outcome
    const published = await writeWithRetry(() => attempt.completeIfStillMine(result, about))
    if (!published) await discard(result, attempt, context)
    else if (!attempt.job.keepSource) await deleteSource(attempt, context)
    await cleared
  } catch (thrown) {
    await reportFailure(attempt, thrown, context.log)
  }
}

/**
 * The result is stored and may be published while the slot is cleared, which takes as long as LibreOffice needs to close
 * the document. `outcome` rejects with what `cleared` rejects with.
 */
function convertInSlot(
  attempt: Attempt,
  context: AttemptContext,
): { outcome: Promise<Outcome>; cleared: Promise<void> } {
  const { signal, job } = attempt
  const { promise, resolve } = Promise.withResolvers<Outcome>()
  const cleared = context.slots.use(
    async slot => resolve(await blamingFullDisk(slot, () => convertInto(slot, attempt, context))),
    { signal, owner: job.owner, jobId: job.id, region: regionFor(job) },
  )
  return { outcome: Promise.race([promise, cleared.then(() => promise)]), cleared }
}

async function convertInto(slot: string, attempt: Attempt, context: AttemptContext): Promise<Outcome> {
  const { job, signal } = attempt
  const { engine, check, jobs } = context
  const { format, bytes } = job.source
  const { target, options } = job
  const secrets = job.sealed ? JSON.parse(unseal(job.sealed, context.secret)) : {}
  const transfer = { storage: context.storage, signal }

  attempt.progress(unmeasured('starting'))
  const began = performance.now()
  const pacing = jobs.pace({ format, target, bytes })
  // Whoever awaits it gets the failure.
  pacing.catch(() => {})
  // The engine gives the sender's file name only to the document.
  const { source, draft } = job.sources
    ? await bringParts(job.sources, { slot, attempt, transfer }, context)
    : await bringSource({ slot, attempt, transfer }, context)
  const pace = await pacing
  const stopwatch = new Stopwatch(pace, began)
  const onProgress = (progress: Progress) => attempt.progress(stopwatch.onProgress(progress))
  const notes: Note[] = []
  let shown: Promise<void> | undefined
  const converted = await engine.convert({
    ...source,
    fileName: job.fileName,
    target,
    options,
    secrets,
    directory: slot,
    region: regionFor(job),
    signal,
    loadShare: pace.loadShare ?? usualLoadShare(format),
    expectedSeconds: pace.seconds?.low,
    onProgress,
    onNote: note => notes.push(note),
    onFirstPage: picture => {
      shown = showFirstPage(picture, attempt, context)
    },
  })
  onProgress(unmeasured('storing'))
  const pages = await check({ ...converted, target, options, slot, signal })
  const drafted = draft(converted, notes)
  const key = resultKey(job.id, attempt.claim)
  const stored = await storeFile(key, converted.path, transfer)
  await shown
  const locked = secrets.resultPassword === undefined ? {} : { locked: true as const }
  const result = { key, ...stored, fileName: resultFileName(job.fileName, target, options), pages, ...locked }
  const report = { ...(await drafted), seconds: stopwatch.seconds() }
  return { result, about: { timings: stopwatch.timings(), report } }
}

interface Bringing {
  slot: string
  attempt: Attempt
  transfer: Transfer
}

/** What an engine is given to convert, and the report on it that has begun. */
interface Brought {
  source: Pick<Conversion, 'sourcePath' | 'format'> & Partial<Conversion>
  draft(converted: Converted, notes: readonly Note[]): ReturnType<Draft>
}

async function bringSource(
  { slot, attempt: { job, signal }, transfer }: Bringing,
  context: AttemptContext,
): Promise<Brought> {
  const { format, sha256 } = job.source
  const sourcePath = join(slot, `source.${format}`)
  await fetchSource({ key: sourceKey(job.id), sha256 }, sourcePath, transfer)
  const draft = draftReport({ job, sourcePath, signal }, context)
  return {
    source: { sourcePath, format, ...factsFromScan(format, job.flags) },
    draft: ({ drawnFrom, path }, notes) => draft(drawnFrom ?? path, notes),
  }
}

async function bringParts(
  sources: readonly SourcePart[],
  { slot, attempt, transfer }: Bringing,
  context: AttemptContext,
): Promise<Brought> {
  const fetched = await fetchParts(sources, slot, transfer)
  const draft = draftPartReports(attempt, fetched, context)
  const parts = fetched.map(({ conversion }) => conversion)
  return {
    source: { sourcePath: parts[0]?.sourcePath ?? '', format: attempt.job.source.format, parts },
    draft: ({ partPaths = [] }, notes) => draft(partPaths, notes),
  }
}

/** Stores and publishes the picture while the export or the check continues. It is optional: the job does not need it. */
async function showFirstPage(
  picture: Promise<string | null>,
  attempt: Attempt,
  { storage, log }: AttemptContext,
): Promise<void> {
  const { job, claim, signal } = attempt
  const key = thumbnailKey(job.id, claim)
  try {
    const path = await Promise.race([picture, wait(PICTURE_WITHIN_MS, null, { ref: false })])
    if (path === null) return
    await storeFile(key, path, { storage, signal })
    const shown = await attempt.showIfStillMine(key)
    // Our picture if it was refused, otherwise that of an earlier attempt.
    const unused = shown ? job.thumbnailKey : key
    if (unused) await storage.delete(unused)
  } catch (error) {
    if (!signal.aborted) log.warn({ err: error }, 'the first page could not be shown')
  }
}

/**
 * Deletes an unused result. A connection that broke just after the commit makes a published result look lost, so the
 * row decides.
 */
async function discard(
  result: JobResult,
  { job }: Attempt,
  { jobs, storage, log }: AttemptContext,
): Promise<void> {
  const now = await jobs.get(job.id)
  if (now?.result?.key === result.key) return
  await storage.delete(result.key)
  log.info({ key: result.key }, 'the job was no longer ours: deleted our result')
}

/** The job is completed, whether or not this succeeds: the hourly sweep deletes what is left. */
async function deleteSource({ job }: Attempt, { storage, log }: AttemptContext): Promise<void> {
  const keys = [sourceKey(job.id), ...(job.sources ?? []).map(({ key }) => key)]
  for (const key of keys)
    await storage
      .delete(key)
      .catch(error => log.warn({ err: error }, 'a source that nobody wants is deleted later'))
}

async function reportFailure(attempt: Attempt, thrown: unknown, log: Logger): Promise<void> {
  const { signal } = attempt
  const reason: AbortReason | undefined = signal.aborted ? signal.reason : undefined
  if (reason === 'stopping') await writeWithRetry(() => attempt.handBackIfStillMine())
  if (reason) {
    log.info({ reason }, 'attempt ended early')
    return
  }
  const error = asKnownError(thrown)
  log.warn({ code: error.code, err: error }, 'attempt failed')
  await writeWithRetry(() => attempt.failIfStillMine(error.toStoredError(), failureLog(error)))
}

/**
 * Retries an attempt's final write while the database is down, as during a restart, because minutes of work may depend
 * on it. Each write carries its own condition, so a repetition is harmless; after a lease's time the job belongs to
 * another worker.
 */
async function writeWithRetry(finalWrite: () => Promise<boolean>): Promise<boolean> {
  const deadline = Date.now() + LEASE_MS
  for (;;) {
    try {
      return await finalWrite()
    } catch (error) {
      if (Date.now() > deadline) throw error
      await wait(RETRY_MS)
    }
  }
}

function asKnownError(thrown: unknown): AppError {
  const full = (thrown as NodeJS.ErrnoException | null)?.code === 'ENOSPC'
  return full ? new AppError('storage_full', { cause: thrown }) : asAppError(thrown)
}

/** Of several sources the first that has a region of its own decides. */
function regionFor(job: Job): Region {
  const regions = job.sources?.map(part => regionFor({ ...asJob(job, part), sources: null }))
  if (regions) return regions.find(region => Object.keys(region).length > 0) ?? {}
  const { source, target, options, flags } = job
  return regionOf({ format: source.format, target, options, flags: flags ?? undefined })
}
