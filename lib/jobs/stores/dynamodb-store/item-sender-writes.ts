import { AppError } from '../../../vocabulary/errors.ts'
import type { JobStore, Written } from '../../store.ts'
import type { Item } from './dynamodb-table.ts'
import { takeKey } from './idempotency-keys.ts'
import { asJobItem, type JobItem, newJobItem, writtenItem } from './job-item.ts'
import { purgeItemIfEnded } from './purge-item.ts'
import { newPlace } from './queue-place.ts'
import { countShards } from './shard-queries.ts'
import type { WaitingCount } from './waiting-estimate.ts'
import {
  type DynamodbStoreParts,
  ending,
  FILES_KEPT,
  needing,
  waitingAgain,
  writeEnd,
  writeJob,
} from './write-job.ts'

/** A timeline that is longer is cut to the latest attempts when a user retries the job. */
const MOST_ATTEMPTS = 100
const KEPT_ATTEMPTS = 50

const TOO_LATE = 'the job store was ready for a new job only when its sender had been refused'

type SenderWrite =
  | 'insertIfBelowLimit'
  | 'answerIfNeeded'
  | 'cancelIfNotEnded'
  | 'retryIfEnded'
  | 'requestDeletionIfKept'
  | 'purgeIfEnded'

/** What senders write. A job that is not written within `deadlineMs` of its insert is not written later. */
export function writesOfSenders(
  parts: DynamodbStoreParts,
  deadlineMs = Number.POSITIVE_INFINITY,
): Pick<JobStore, SenderWrite> {
  return {
    async insertIfBelowLimit(job, { queueLimit, ownerLimit }) {
      const by = performance.now() + deadlineMs
      const limits = { waiting: queueLimit, own: ownerLimit }
      const turn = await (job.needs
        ? turnToNeed(parts, job.owner, limits)
        : parts.estimate.takePlace(job, limits))
      return turn === undefined ? undefined : insert(parts, newJobItem(job, newPlace(turn)), by)
    },
    async answerIfNeeded(id, answer) {
      const { remove = [], ...change } = await waitingAgain(parts, { id, set: { ...answer } })
      const answered = { ...change, remove: [...remove, 'error'] }
      const item = await writeJob(parts, 'answer', { id, change: answered, condition: { needs: 'present' } })
      return item && writtenItem(item)
    },
    async cancelIfNotEnded(id) {
      const item = await cancel(parts, id)
      return item && { ...writtenItem(item), messageId: item.messageId }
    },
    async retryIfEnded(id, { maxAttempts, messageId, needs }) {
      const { remove = [], ...stands } = needs
        ? needing(id, { messageId, needs })
        : await waitingAgain(parts, { id, set: { messageId } })
      const item = await writeJob(parts, 'retry', {
        id,
        change: {
          ...stands,
          add: { webhookStep: 1 },
          sum: { maxAttempts: ['attempt', maxAttempts] },
          remove: [...remove, 'error', 'finishedAt', 'outcome'],
        },
        // The files of an expired job may be deleted at this moment.
        condition: { expiresAt: { above: Date.now() }, ...FILES_KEPT },
      })
      if (item) await cutTimeline(parts, item)
      return item && writtenItem(item)
    },
    async requestDeletionIfKept(id) {
      const now = Date.now()
      const change = { set: { deletedBy: 'owner', expiresAt: now, phaseAt: now } }
      const item = await writeJob(parts, 'requestDeletion', { id, change, condition: FILES_KEPT })
      return item && writtenItem(item)
    },
    purgeIfEnded: id => purgeItemIfEnded(parts, id),
  }
}

/**
 * 0, because a job that needs something has no turn; undefined where the owner may have no more of them. Such a job does
 * not wait, but is only taken where one could.
 */
async function turnToNeed(
  { table, estimate }: DynamodbStoreParts,
  owner: string,
  limits: WaitingCount,
): Promise<number | undefined> {
  const { waiting, own } = await estimate.count(owner, limits)
  if (waiting >= limits.waiting || own >= limits.own) return undefined
  const query = { index: 'byPhase', filter: { owner: { is: owner } } } as const
  return (await countShards(table, 'needing', query)) < limits.own ? 0 : undefined
}

/** Inserts a job that counts as waiting already, if it waits. */
async function insert(
  parts: DynamodbStoreParts,
  item: JobItem & Item,
  by: number,
): Promise<Written | undefined> {
  let isIn = false
  try {
    isIn = await insertWithKey(parts, item, by)
  } finally {
    if (!isIn) parts.estimate.wrote(item.id, null)
  }
  return isIn ? writtenItem(item) : undefined
}

/** False where another job has the idempotency key. @throws Error where a job with this id exists */
async function insertWithKey(
  { table }: DynamodbStoreParts,
  item: JobItem & Item,
  by: number,
): Promise<boolean> {
  const { id, keyId } = item
  if (keyId && !(await takeKey(table, keyId, id))) return false
  const leftMs = by - performance.now()
  if (leftMs <= 0) throw new AppError('database_down', { log: TOO_LATE })
  const signal = Number.isFinite(leftMs) ? AbortSignal.timeout(Math.ceil(leftMs)) : undefined
  if (await table.putIf(item, { id: 'absent' }, signal)) return true
  const there = await table.get(id)
  // The answer to an earlier try of this request was lost.
  if (there?.messageId === item.messageId) return true
  if (keyId && there && !asJobItem(there)) return false
  throw new Error(`there is a job ${id} already`)
}

/** Tries a job that waits and one that runs, whose attempt ends too; twice, because it may be claimed in between. */
async function cancel(parts: DynamodbStoreParts, id: string): Promise<JobItem | undefined> {
  for (const state of ['queued', 'running', 'queued', 'running'] as const) {
    const close = state === 'running' ? ({ outcome: 'cancelled' } as const) : undefined
    const change = ending(id, {}, close)
    const item = await writeEnd(parts, 'cancel', { id, change, condition: { state: { is: state } } })
    if (item) return item
  }
  return undefined
}

/** Keeps the item small, whatever a user does; the mark of the version makes it the same job. */
async function cutTimeline({ table }: DynamodbStoreParts, item: JobItem): Promise<void> {
  if (item.starts.length <= MOST_ATTEMPTS) return
  const [starts, ends] = [item.starts.slice(-KEPT_ATTEMPTS), item.ends.slice(-KEPT_ATTEMPTS)]
  const condition = { version: { is: item.version } }
  await table.updateIf(item.id, { set: { starts, ends } }, { condition, changedOnly: true })
}
