import type { Job, JobsPage, ListQuery, Timings } from '../../../jobs.ts'
import type { Finished } from '../../../pace.ts'
import { THROUGHPUT_MS } from '../../admission.ts'
import { countBatch } from '../../count-batch.ts'
import { type BatchRow, type JobCounts, type JobStore, MOST_OF_BATCH, type RecentRuns } from '../../store.ts'
import type { DynamodbTable, Item } from './dynamodb-table.ts'
import { holderOf, idempotencyKeyId } from './idempotency-keys.ts'
import { asJobItem, type JobItem, jobKindOf, jobOfItem } from './job-item.ts'
import { timeOfPlace } from './queue-place.ts'
import { countShards, queryShards } from './shard-queries.ts'
import { readWaiting, waitingPositions } from './waiting-items.ts'
import type { DynamodbStoreParts } from './write-job.ts'

/** So many jobs that ended are looked at for how long jobs take now. */
const LATEST = 30
/** So many for the throughput, in each shard. */
const LATEST_OF_SHARD = 250
/** How many finished jobs of a kind the estimate uses; older ones ran on another machine or version. */
const PACE_OF_LAST = 100
/** Dead letters are counted up to this number, in each shard. */
const MOST_DEAD = 500

type Reading =
  | 'get'
  | 'findByKey'
  | 'earlierResults'
  | 'list'
  | 'batch'
  | 'existing'
  | 'withUnwantedSource'
  | 'queuePositions'
  | 'recentRuns'
  | 'load'
  | 'finished'
  | 'counts'

export function readsOfJobs({ table, estimate }: DynamodbStoreParts): Pick<JobStore, Reading> {
  return {
    async get(id) {
      const item = asJobItem(await table.get(id))
      return item && jobOfItem(item)
    },
    async findByKey(owner, idempotencyKey) {
      const id = await holderOf(table, idempotencyKeyId(owner, idempotencyKey))
      const item = id === undefined ? undefined : asJobItem(await table.get(id))
      return item && withoutTimeline(item)
    },
    // An index for it would cost a write of each job that completes.
    earlierResults: async () => [],
    list: query => list(table, query),
    batch: id => readBatch(table, id),
    async existing(ids) {
      const items = await table.getAll(ids, ['id', 'state'])
      return new Set(items.flatMap(item => asJobItem(item)?.id ?? []))
    },
    async withUnwantedSource(ids) {
      const items = await table.getAll(ids, ['id', 'state', 'keepSource'])
      const jobs = items.flatMap(item => asJobItem(item) ?? [])
      const unwanted = jobs.filter(job => job.state === 'completed' && job.keepSource === false)
      return new Set(unwanted.map(job => job.id))
    },
    queuePositions: ids => waitingPositions(table, ids),
    recentRuns: () => recentRuns(table),
    async load(owner, limits) {
      const { queueLimit, ownerLimit } = limits
      const { waiting, own } = await estimate.count(owner, { waiting: queueLimit, own: ownerLimit })
      const isRefused = waiting >= queueLimit || own >= ownerLimit
      return { waiting, own, perSecond: isRefused ? await throughput(table) : 0 }
    },
    finished: kind => finished(table, kind),
    counts: () => counts(table),
  }
}

const withoutTimeline = (item: JobItem): Job => ({ ...jobOfItem(item), timeline: [] })

/** Newest first. The cursor is the id of the last job; a deleted cursor starts over. */
async function list(
  table: DynamodbTable,
  { owner, batchId, limit, after }: ListQuery,
): Promise<JobsPage<Job>> {
  const where = batchId
    ? ({ index: 'byBatch', hash: batchId } as const)
    : ({ index: 'byOwner', hash: owner } as const)
  const found: JobItem[] = []
  let before = after ? (await table.get(after, ['listOrder']))?.listOrder : undefined
  // The index may name jobs that are removed, or a batch's id may be named by others: then more of it is read.
  while (found.length <= limit) {
    const range = typeof before === 'string' ? { range: { below: before } } : {}
    const named = await table.query({ ...where, ...range, limit: limit + 1, newestFirst: true })
    found.push(...(await inOrder(table, named)).filter(item => item.owner === owner))
    if (named.length <= limit) break
    before = named.at(-1)?.listOrder
  }
  const items = found.slice(0, limit).map(withoutTimeline)
  return { items, next: found.length > limit ? (items.at(-1)?.id ?? null) : null }
}

async function readBatch(table: DynamodbTable, id: string): Promise<BatchRow | undefined> {
  const named = await table.query({ index: 'byBatch', hash: id, limit: MOST_OF_BATCH })
  const items = await table.getAll(
    named.slice(0, MOST_OF_BATCH).map(item => String(item.id)),
    ['id', 'owner', 'state', 'version', 'progress', 'createdAt'],
  )
  const order = new Map(named.map((item, place) => [item.id, place]))
  const jobs = items.flatMap(item => asJobItem(item) ?? [])
  const oldestFirst = jobs.toSorted((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0))
  return countBatch(oldestFirst.map(job => ({ ...job, createdAt: new Date(job.createdAt) })))
}

/** The jobs that an index named, as they are now. */
async function inOrder(table: DynamodbTable, named: readonly Item[]): Promise<JobItem[]> {
  const ids = named.map(({ id }) => String(id))
  const items = await table.getAll(ids)
  const byId = new Map(items.map(item => [item.id, item]))
  return ids.flatMap(id => asJobItem(byId.get(id)) ?? [])
}

/** The latest entries of all shards of an index, latest first. */
async function latest(table: DynamodbTable, limit: number): Promise<JobItem[]> {
  const ended = await queryShards(table, 'ended', { index: 'byOutcome', limit, newestFirst: true })
  return ended.toSorted((a, b) => (b.finishedAt ?? 0) - (a.finishedAt ?? 0))
}

async function recentRuns(table: DynamodbTable): Promise<RecentRuns> {
  const [ended, running] = await Promise.all([
    latest(table, LATEST),
    countShards(table, 'running', { index: 'byPhase' }),
  ])
  const tookMs = ended
    .slice(0, LATEST)
    .flatMap(({ state, startedAt, finishedAt }) =>
      state === 'completed' && startedAt && finishedAt ? [finishedAt - startedAt] : [],
    )
  return { running, tookMs }
}

/** Jobs that ended in a second, dead letters not counted, over as long as the latest ones took but at most some minutes. */
async function throughput(table: DynamodbTable): Promise<number> {
  const now = Date.now()
  const ended = (await latest(table, LATEST_OF_SHARD)).map(({ finishedAt = 0 }) => now - finishedAt)
  const agesMs = ended.filter(ms => ms < THROUGHPUT_MS)
  const isAll = ended.length < LATEST_OF_SHARD || agesMs.length < ended.length
  const overMs = isAll ? THROUGHPUT_MS : Math.max(1, agesMs.at(-1) ?? 1)
  return agesMs.length / (overMs / 1000)
}

async function finished(table: DynamodbTable, kind: { format: string; target: string }): Promise<Finished[]> {
  const hash = jobKindOf(kind)
  const items = await table.query({ index: 'byKind', hash, limit: PACE_OF_LAST, newestFirst: true })
  const jobs = items as unknown as { source: JobItem['source']; timings: Timings }[]
  return jobs.map(({ source, timings }) => ({ bytes: source.bytes, ...timings }))
}

async function counts(table: DynamodbTable): Promise<JobCounts> {
  const [waiting, running, dead] = await Promise.all([
    readWaiting(table),
    countShards(table, 'running', { index: 'byPhase' }),
    countShards(table, 'dead', { index: 'byOutcome', limit: MOST_DEAD }),
  ])
  const times = waiting.map(({ phaseAt, runAt = 0 }) => Math.max(timeOfPlace(phaseAt), runAt))
  const oldestQueuedAt = times.length > 0 ? new Date(times.reduce((a, b) => Math.min(a, b))) : null
  // An index lacks changes of the last moments.
  return { queued: waiting.length, running, dead, exact: false, oldestQueuedAt }
}
