import type { AttemptOutcome, AttemptRecord, Job, JobMessage, Timings } from '../../../jobs.ts'
import { NO_OWNER, receiptOf } from '../../../vocabulary/job.ts'
import { countsAsAttempt } from '../../../vocabulary/job-life.ts'
import type { JobWebhook } from '../../../vocabulary/webhook.ts'
import { jobMessageOf } from '../../job-message.ts'
import type { JobInsert, Written } from '../../store.ts'
import { webhookMessageOf } from '../../webhook-message.ts'
import type { Item } from './dynamodb-table.ts'
import { idempotencyKeyId } from './idempotency-keys.ts'
import { placeNumberOf, turnOfPlace, type WaitingPlace } from './queue-place.ts'
import { shardOf } from './shards.ts'

type Kept =
  | ('id' | 'batchId' | 'owner' | 'fileName' | 'source' | 'target' | 'options')
  | ('state' | 'version' | 'attempt' | 'claims' | 'maxAttempts')
type Nullable =
  | 'flags'
  | 'sealed'
  | 'progress'
  | 'result'
  | 'report'
  | 'error'
  | 'thumbnailKey'
  | 'sources'
  | 'needs'
  | 'retryOf'
  | 'traceparent'

/** The beginning of an attempt; its number follows from those after it. */
interface AttemptStart {
  worker: string
  startedAt: number
}

interface AttemptEnd extends Pick<AttemptRecord, 'errorCode' | 'log'> {
  endedAt: number
  outcome: AttemptOutcome
}

/** A job as an item: what is null in a job is absent, and times are in milliseconds since 1970. */
export interface JobItem extends Pick<Job, Kept>, Partial<Pick<Job, Nullable>> {
  /** Absent at the top. */
  folder?: string
  /** Absent where the source is kept. */
  keepSource?: false
  createdAt: number
  /** Absent until it waits for the first time. */
  queuedAt?: number
  runAt?: number
  startedAt?: number
  finishedAt?: number
  expiresAt: number
  /**
   * The timeline, in two lists of which each write extends one: no write needs to know how many there were. Attempts
   * follow each other, so the ends belong to the first starts.
   */
  starts: AttemptStart[]
  ends: AttemptEnd[]
  /** The only message that may claim the job. */
  messageId: string
  unsentSince?: number
  worker?: string
  heartbeatAt?: number
  /** The id of the item that holds the owner's idempotency key. */
  keyId?: string
  timings?: Timings
  /** The time of its phase: see there. */
  phaseAt: number
  filesDeletedAt?: number
  /** Who wanted the files deleted. */
  deletedBy?: string
  /** Without its step. */
  webhook?: Omit<JobWebhook, 'step'>
  webhookStep?: number
}

/** Other items have no state: keys, workers, and ids that no job may have. A purged job has no attribute for its owner. */
export function asJobItem(item: Item | undefined): JobItem | undefined {
  return item && 'state' in item ? ({ owner: NO_OWNER, ...item } as unknown as JobItem) : undefined
}

// biome-ignore format: one line a kind of field
export function jobOfItem(item: JobItem): Job {
  const { id, batchId, owner, fileName, source, target, options } = item
  const { state, version, attempt, claims, maxAttempts } = item
  const receipt = receiptOf({ by: item.deletedBy, at: dateOf(item.filesDeletedAt) }, item)
  return {
    id, batchId, owner, fileName, source, target, options, state, version, attempt, claims, maxAttempts,
    folder: item.folder ?? '',
    keepSource: item.keepSource ?? true,
    sources: item.sources ?? null,
    needs: item.needs ?? null,
    retryOf: item.retryOf ?? null,
    traceparent: item.traceparent ?? null,
    flags: item.flags ?? null,
    sealed: item.sealed ?? null,
    progress: item.progress ?? null,
    result: receipt ? null : (item.result ?? null),
    receipt,
    webhook: webhookOfItem(item),
    report: item.report ?? null,
    error: item.error ?? null,
    thumbnailKey: receipt ? null : (item.thumbnailKey ?? null),
    createdAt: new Date(item.createdAt),
    queuedAt: new Date(item.queuedAt ?? item.createdAt),
    runAt: dateOf(item.runAt),
    startedAt: dateOf(item.startedAt),
    finishedAt: dateOf(item.finishedAt),
    expiresAt: new Date(item.expiresAt),
    timeline: timelineOf(item),
  }
}

export function webhookOfItem({
  webhook,
  webhookStep: step = 0,
}: Pick<JobItem, 'webhook' | 'webhookStep'>): JobWebhook | null {
  return webhook ? { ...webhook, step } : null
}

const dateOf = (ms: number | undefined) => (ms === undefined ? null : new Date(ms))

/** Numbers count back from the latest attempt, since the list may lack the oldest ones; hand-backs and questions do not count. */
function timelineOf({ starts, ends, attempt }: JobItem): AttemptRecord[] {
  let counted = attempt
  return starts
    .toReversed()
    .map(({ worker, startedAt }, fromEnd): AttemptRecord => {
      const end = ends[starts.length - 1 - fromEnd]
      const number = end && !countsAsAttempt(end.outcome) ? counted + 1 : counted--
      const open = { endedAt: null, outcome: null, errorCode: null }
      return { number, worker, startedAt: new Date(startedAt), ...(end ? closed(end) : open) }
    })
    .toReversed()
}

const closed = ({ endedAt, outcome, errorCode, log }: AttemptEnd) => ({
  endedAt: new Date(endedAt),
  outcome,
  errorCode: errorCode ?? null,
  ...(log && { log }),
})

/** The message of a job that waits. The index of unsent ones does not tell its place: no queue beside this store needs it. */
export function messageOfItem({
  runAt,
  phaseAt = 0,
  ...item
}: Pick<JobItem, 'id' | 'messageId' | 'runAt'> & { phaseAt?: number }): JobMessage {
  return jobMessageOf({ ...item, runAt: dateOf(runAt), turn: turnOfPlace(phaseAt) })
}

export function writtenItem(item: JobItem): Written {
  const { unsentSince } = item
  const job = jobOfItem(item)
  if (item.state === 'queued')
    return { job, unsent: unsentSince === undefined ? null : messageOfItem(item), unsentWebhook: null }
  const { id, webhook, finishedAt } = job
  // A mark from a later time on is for maintenance.
  const isDue = unsentSince !== undefined && unsentSince <= Date.now()
  return {
    job,
    unsent: null,
    unsentWebhook: webhook && isDue ? webhookMessageOf(id, webhook, finishedAt) : null,
  }
}

/** The item of a new job that waits at this place of the queue, unless it needs something first, with the attributes of its indexes. */
export function newJobItem(
  {
    idempotencyKey,
    expiresAt,
    flags,
    sealed,
    sources,
    needs,
    retryOf,
    traceparent,
    keepSource,
    folder,
    webhook,
    waitsLast: _,
    ...job
  }: JobInsert,
  place: WaitingPlace,
): JobItem & Item {
  const { id, owner, source, target } = job
  return {
    ...job,
    ...(folder && { folder }),
    ...(flags && { flags }),
    ...(sealed && { sealed }),
    ...(sources && { sources }),
    ...(needs && { needs }),
    ...(retryOf && { retryOf }),
    ...(traceparent && { traceparent }),
    ...(keepSource === false && { keepSource }),
    ...(webhook && withoutStep(webhook)),
    ...(idempotencyKey !== undefined && { keyId: idempotencyKeyId(owner, idempotencyKey) }),
    ...{ state: 'queued', version: 1, attempt: 0, claims: 0, starts: [], ends: [] },
    ...{ createdAt: place.now, expiresAt: expiresAt.getTime() },
    ...(needs ? needingAttributes(id, expiresAt.getTime()) : waitingAttributes(id, place)),
    listOrder: `${String(place.uniqueTime).padStart(16, '0')}#${id}`,
    kindOnSuccess: jobKindOf({ format: source.format, target }),
  }
}

/** The attributes of a job that waits for a message that is not sent yet. */
export function waitingAttributes(id: string, place: WaitingPlace) {
  return {
    ...{ phase: shardOf('queued', id), phaseAt: placeNumberOf(place), queuedAt: place.now },
    ...unsentAttributes(id, place.now),
  }
}

function withoutStep({ step: webhookStep, ...webhook }: JobWebhook) {
  return { webhook, webhookStep }
}

export function unsentAttributes(id: string, now: number) {
  return { unsentShard: shardOf('unsent', id), unsentSince: now }
}

/** The place in the index of a queued job that needs something first. */
function needingAttributes(id: string, expiresAt: number) {
  return { phase: shardOf('needing', id), phaseAt: expiresAt }
}

export const jobKindOf = ({ format, target }: { format: string; target: string }) => `${format}>${target}`
