import type { AttemptOutcome } from '../../../jobs.ts'
import type { Need, StoredError } from '../../../vocabulary/job.ts'
import { JOB_WRITES, type JobWrite, type JobWriteName, statesFor } from '../../../vocabulary/job-life.ts'
import type { DynamodbTable } from './dynamodb-table.ts'
import type { ItemChange, ItemCondition } from './item-expressions.ts'
import { asJobItem, type JobItem, waitingAttributes } from './job-item.ts'
import { newPlace } from './queue-place.ts'
import { shardOf } from './shards.ts'
import { countedOf, type WaitingEstimate } from './waiting-estimate.ts'

/** What the parts of the store share. */
export interface DynamodbStoreParts {
  table: DynamodbTable
  estimate: WaitingEstimate
}

interface WriteOfJob {
  id: string
  change: ItemChange
  /** Besides the states that the model allows. */
  condition: ItemCondition
}

/** The condition that nobody has deleted the files, or asked for it. */
export const FILES_KEPT = { filesDeletedAt: 'absent', deletedBy: 'absent' } as const

/** One write by the model, which determines states, version and counts. Undefined where its condition did not hold. */
export async function writeJob(
  { table, estimate }: DynamodbStoreParts,
  name: JobWriteName,
  { id, change, condition }: WriteOfJob,
): Promise<JobItem | undefined> {
  const { to, claims, attempt }: JobWrite = JOB_WRITES[name]
  const whole = {
    ...change,
    set: { ...change.set, ...(to && { state: to }) },
    add: { ...change.add, version: 1, ...(claims && { claims }), ...(attempt && { attempt }) },
  }
  const states = { state: { oneOf: statesFor(name) } }
  const item = asJobItem(await table.updateIf(id, whole, { condition: { ...states, ...condition } }))
  const waits = item?.state === 'queued' && !item.needs
  if (item && (to || waits)) estimate.wrote(id, waits ? countedOf(item) : null)
  return item
}

/** How an attempt ended; undefined where none ran. */
export interface AttemptClose {
  outcome: AttemptOutcome
  errorCode?: string
  log?: string
}

/** The attributes of the mark, of a job's message while it is queued and of its webhook's message when it has ended. */
export const UNSENT = ['unsentShard', 'unsentSince']
const RELEASED = ['progress', 'worker', 'heartbeatAt', ...UNSENT]

/** The name of the shards of webhooks whose message is still to be sent. */
export const WEBHOOK_SHARD = 'webhook'

export function webhookMark(id: string, unsentSince: number) {
  return { unsentShard: shardOf(WEBHOOK_SHARD, id), unsentSince }
}

/** A write that ends a job: one request where it has no webhook, and another one, which marks that, where it has one. */
export async function writeEnd(
  parts: DynamodbStoreParts,
  name: JobWriteName,
  { id, change, condition }: WriteOfJob,
): Promise<JobItem | undefined> {
  const without = { id, change, condition: { ...condition, webhook: 'absent' as const } }
  const item = await writeJob(parts, name, without)
  if (item) return item
  const marked = {
    ...change,
    set: { ...change.set, ...webhookMark(id, Date.now()) },
    add: { webhookStep: 1 },
    remove: change.remove?.filter(attribute => !UNSENT.includes(attribute)) ?? [],
  }
  return writeJob(parts, name, { id, change: marked, condition: { ...condition, webhook: 'present' } })
}

/** Ends a job. `set` holds what it leaves. */
export function ending(id: string, set: ItemChange['set'], close?: AttemptClose): ItemChange {
  const now = Date.now()
  return {
    set: { ...set, phase: shardOf('ended', id), finishedAt: now },
    copy: { phaseAt: 'expiresAt' },
    append: attemptEnd(now, close),
    remove: [...RELEASED, 'runAt'],
  }
}

export interface WaitingChange {
  id: string
  /** The message, and what else changes. */
  set: { messageId: string } & ItemChange['set']
  close?: AttemptClose
}

/** Lets a job wait for a message, behind its owner's other jobs. */
export async function waitingAgain(
  { table, estimate }: DynamodbStoreParts,
  { id, set, close }: WaitingChange,
): Promise<ItemChange> {
  const owner = String((await table.get(id, ['owner']))?.owner)
  const place = newPlace(await estimate.nextTurn(owner))
  return {
    set: { ...set, ...waitingAttributes(id, place) },
    append: attemptEnd(place.now, close),
    remove: [...RELEASED.filter(attribute => !UNSENT.includes(attribute)), 'needs'],
  }
}

/** Lets a queued job need something before a message may claim it. `set` holds what, the message and what else changes. */
export function needing(
  id: string,
  set: { needs: Need; messageId: string; error?: StoredError },
  close?: AttemptClose,
): ItemChange {
  return {
    set: { ...set, phase: shardOf('needing', id) },
    copy: { phaseAt: 'expiresAt' },
    append: attemptEnd(Date.now(), close),
    remove: [...RELEASED, 'runAt'],
  }
}

const attemptEnd = (endedAt: number, close: AttemptClose | undefined) =>
  close ? { ends: { endedAt, errorCode: null, ...close } } : {}
