import type { HeldLease, JobStore } from '../../store.ts'
import type { DynamodbTable, IndexQuery } from './dynamodb-table.ts'
import { freeKey } from './idempotency-keys.ts'
import { asJobItem, type JobItem, messageOfItem } from './job-item.ts'
import { queryShards } from './shard-queries.ts'
import { shardOf } from './shards.ts'
import { type DynamodbStoreParts, writeJob } from './write-job.ts'

/** A sweep takes so many jobs of each shard. */
const BATCH = 125
/** Writes at the same time. */
const WRITES_AT_A_TIME = 16

type Sweep =
  | 'leasesOf'
  | 'leasesBefore'
  | 'expired'
  | 'markFilesDeleted'
  | 'removeEndedBefore'
  | 'unsent'
  | 'markSentIfUnsent'

/** What maintenance reads and writes. An index only names jobs: each write has its condition on the item. */
export function sweepsOfItems(parts: DynamodbStoreParts): Pick<JobStore, Sweep> {
  const { table } = parts
  return {
    leasesOf: async worker =>
      (await ofPhase(table, 'running', { filter: { worker: { is: worker } } })).map(leaseOf),
    leasesBefore: time => leasesBefore(table, time.getTime()),
    async expired(now) {
      const range = { below: now.getTime() }
      return (await ofPhase(table, 'ended', { range, limit: BATCH })).map(({ id }) => id)
    },
    async markFilesDeleted(ids) {
      const written = await eachOf(ids, id => markFilesDeleted(parts, id))
      return written.flatMap(item => item ?? [])
    },
    async removeEndedBefore(time) {
      const range = { below: time.getTime() }
      const old = await ofPhase(table, 'history', { range, limit: BATCH })
      const removed = await eachOf(old, ({ id }) => removeIfBefore(parts, id, time.getTime()))
      return removed.filter(Boolean).length
    },
    async unsent(before) {
      const range = { below: before.getTime() }
      const query = { index: 'byUnsent', range, limit: BATCH } as const
      const marked = await queryShards(table, 'unsent', query)
      return marked.toSorted((a, b) => (a.unsentSince ?? 0) - (b.unsentSince ?? 0)).map(messageOfItem)
    },
    async markSentIfUnsent(messages) {
      const change = { remove: ['unsentShard', 'unsentSince'] }
      await eachOf(messages, ({ id, body }) => {
        const condition = { messageId: { is: id }, unsentSince: 'present' } as const
        return table.updateIf(body.jobId, change, { condition, changedOnly: true })
      })
    },
  }
}

/** The index tells which leases may be that old, the items when they were renewed. */
async function leasesBefore(table: DynamodbTable, time: number): Promise<HeldLease[]> {
  const named = await ofPhase(table, 'running', { range: { below: time }, limit: BATCH })
  const items = await table.getAll(
    named.map(({ id }) => id),
    ['id', 'state', 'claims', 'worker', 'heartbeatAt'],
  )
  return items
    .flatMap(item => asJobItem(item) ?? [])
    .filter(({ state, heartbeatAt = 0 }) => state === 'running' && heartbeatAt < time)
    .map(leaseOf)
}

const leaseOf = ({ id, claims, worker }: JobItem): HeldLease => ({
  id,
  claim: claims,
  worker: worker ?? null,
})

async function markFilesDeleted(parts: DynamodbStoreParts, id: string) {
  const item = await writeJob(parts, 'markFilesDeleted', {
    id,
    change: {
      set: { filesDeletedAt: Date.now(), phase: shardOf('history', id) },
      copy: { phaseAt: 'finishedAt' },
    },
    condition: { filesDeletedAt: 'absent' },
  })
  return item && { id, version: item.version, state: item.state }
}

/** Removes a job with its key, or another item that is as old; tells whether it was a job. */
async function removeIfBefore({ table }: DynamodbStoreParts, id: string, time: number): Promise<boolean> {
  const phase = { is: shardOf('history', id) }
  const item = asJobItem(await table.deleteIf(id, { phase, phaseAt: { below: time } }))
  if (item?.keyId) await freeKey(table, item.keyId, id)
  return item !== undefined
}

const ofPhase = (table: DynamodbTable, phase: string, query: Omit<IndexQuery, 'index' | 'hash'>) =>
  queryShards(table, phase, { index: 'byPhase', ...query })

/** Runs some at a time. Answers keep the order. */
async function eachOf<A, R>(all: readonly A[], run: (one: A) => Promise<R>): Promise<R[]> {
  const answers: R[] = []
  const left = [...all.entries()]
  const runNext = async () => {
    for (let next = left.shift(); next; next = left.shift()) answers[next[0]] = await run(next[1])
  }
  await Promise.all(Array.from({ length: WRITES_AT_A_TIME }, runNext))
  return answers
}
