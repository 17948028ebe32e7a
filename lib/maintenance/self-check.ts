import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import type { Backend } from '../backend.ts'
import { type Job, jobPrefix, sourceKey } from '../jobs.ts'
import type { Logger } from '../log.ts'
import { AppError } from '../vocabulary/errors.ts'
import { isTerminal, SELF_CHECK_OWNER } from '../vocabulary/job.ts'
import { hasKnownText, KNOWN_DOCUMENT, knownDocument } from './self-check/known-document.ts'
import { NOT_DONE, NOT_DONE_MS, WRONG_TEXT } from './self-check/outcome.ts'
import type { Sweep } from './sweep-message.ts'

/** The job is looked at so often, in milliseconds. */
const LOOK_EVERY_MS = 5_000
/** So long it stays after its end: processes that have no record in common each look for themselves. */
const STAYS_MS = 60_000
/** Where nobody looks any more, its files expire. */
const EXPIRES_MS = NOT_DONE_MS + 10 * STAYS_MS
/** Its attempts: a worker that ends during the first one is none to warn of. */
const MAX_ATTEMPTS = 2
/** A result that is larger is not its text. */
const MOST_BYTES = 10_000

type Parts = Pick<Backend, 'jobs' | 'storage' | 'scheduleRuns'>
export type SelfCheckStep = Extract<Sweep, { kind: 'self-check' }>

export interface NextLook {
  step: SelfCheckStep & { jobId: string; look: number }
  at: Date
}

/**
 * One step of a self-check: a known document is converted as everybody’s are, behind all jobs that wait, and its text is
 * compared. The first step makes its job, later ones look whether it has ended, record how it went, and remove it.
 * Whichever processes take them, there is one job at a time. Returns the next step; undefined after the last one.
 */
export async function selfCheck(
  parts: Parts,
  { jobId, look = 0 }: SelfCheckStep,
  log: Logger,
): Promise<NextLook | undefined> {
  const job = jobId === undefined ? await begin(parts, log) : await parts.jobs.get(jobId)
  if (!job) return undefined
  const at = jobId === undefined ? Date.now() + LOOK_EVERY_MS : await follow(parts, job, log)
  if (at === undefined) return undefined
  return { step: { kind: 'self-check', jobId: job.id, look: look + 1 }, at: new Date(at) }
}

/**
 * The job of this self-check, or of one that is under way; undefined where none could be made, which is recorded unless
 * the queue is merely full.
 */
async function begin(parts: Parts, log: Logger): Promise<Job | undefined> {
  const startedAt = new Date()
  try {
    const earlier = await makeJob(parts)
    if (earlier.created || lastLookAt(earlier.job) > Date.now()) return earlier.job
    // Its last step never came.
    await follow(parts, earlier.job, log)
    return (await makeJob(parts)).job
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    if (error.code === 'queue_full') log.info('no self-check: the queue is full')
    else await record(parts, { startedAt, tookMs: 0, problem: error.code }, log)
    return undefined
  }
}

/** The key lets only one job be until it is removed, whoever makes it. */
async function makeJob({ jobs, storage }: Parts): Promise<{ job: Job; created: boolean }> {
  const { fileName, format, target } = KNOWN_DOCUMENT
  const [id, batchId] = [randomUUID(), randomUUID()]
  const { bytes, sha256 } = await storage.write(sourceKey(id), Readable.from([knownDocument()]))
  let isMade = false
  try {
    const made = await jobs.create({
      ...{ id, batchId, owner: SELF_CHECK_OWNER, fileName, target, options: {}, waitsLast: true },
      source: { format, bytes, sha256 },
      maxAttempts: MAX_ATTEMPTS,
      expiresAt: new Date(Date.now() + EXPIRES_MS),
      idempotencyKey: sha256,
    })
    isMade = made.created
    return made
  } finally {
    if (!isMade) await storage.delete(jobPrefix(id))
  }
}

/**
 * Records the outcome once there is one; a job whose turn has not come says nothing of conversions. Returns when to look
 * again; undefined where the job was removed.
 */
async function follow(parts: Parts, job: Job, log: Logger): Promise<number | undefined> {
  const [now, last] = [Date.now(), lastLookAt(job)]
  if (!job.finishedAt && now < last) return Math.min(now + LOOK_EVERY_MS, last)
  const tookMs = (job.finishedAt?.getTime() ?? now) - job.createdAt.getTime()
  if (await isBehindOthers(parts, job)) log.info('no outcome of the self-check: its turn did not come')
  else await record(parts, { startedAt: job.createdAt, tookMs, problem: await problemOf(parts, job) }, log)
  if (now < last) return last
  await remove(parts, job)
  return undefined
}

/** From when on nothing is expected of the job any more, in milliseconds since 1970. */
function lastLookAt({ createdAt, finishedAt }: Job): number {
  return finishedAt ? finishedAt.getTime() + STAYS_MS : createdAt.getTime() + NOT_DONE_MS
}

/** Whether it waits for its first attempt while jobs of others wait or run; that those wait too long is warned of by itself. */
async function isBehindOthers({ jobs }: Parts, { state, attempt }: Job): Promise<boolean> {
  if (state !== 'queued' || attempt > 0) return false
  const { queued, running } = await jobs.stats()
  return queued + running > 1
}

/** What went wrong; null of a self-check that went well. */
async function problemOf({ storage }: Parts, { state, error, result }: Job): Promise<string | null> {
  if (state === 'failed' && error) return error.code
  if (!result) return NOT_DONE
  if (result.bytes > MOST_BYTES) return WRONG_TEXT
  try {
    return hasKnownText(await text(await storage.read(result.key))) ? null : WRONG_TEXT
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown.code
    throw thrown
  }
}

interface Outcome {
  startedAt: Date
  tookMs: number
  problem: string | null
}

async function record({ scheduleRuns }: Parts, outcome: Outcome, log: Logger): Promise<void> {
  const { startedAt, tookMs, problem } = outcome
  if (problem !== null) log.warn({ problem }, 'the self-check did not go well')
  await scheduleRuns.record({ schedule: 'self-check', startedAt, tookMs, error: problem })
}

async function remove({ jobs, storage }: Parts, { id, state }: Job): Promise<void> {
  if (!isTerminal(state)) await jobs.cancel(id).catch(unlessEnded)
  await storage.delete(jobPrefix(id))
  await jobs.markFilesDeleted([id])
  await jobs.remove(id)
}

function unlessEnded(error: unknown): void {
  if (!(error instanceof AppError) || !['job_finished', 'job_not_found'].includes(error.code)) throw error
}
