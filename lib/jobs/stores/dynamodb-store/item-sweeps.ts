import type { HeldLease, JobStore } from '../../store.ts'
import { boundedError } from './bounded-texts.ts'
import type { DynamodbTable, IndexQuery } from './dynamodb-table.ts'
import { eachOf } from './each-of.ts'
import { freeKey } from './idempotency-keys.ts'
import { asJobItem, type JobItem, writtenItem } from './job-item.ts'
import { queryShards } from './shard-queries.ts'
import { shardOf } from './shards.ts'
import { type DynamodbStoreParts, ending, writeEnd, writeJob } from './write-job.ts'

/** A sweep takes so many jobs of each shard. */
const BATCH = 125

type Sweep =
  | 'leasesOf'
  | 'leasesBefore'
  | 'unanswered'
  | 'failIfUnanswered'
  | 'expired'
  | 'markFilesDeleted'
  | 'removeEndedBefore'
  | 'removeIfFilesDeleted'

/** What maintenance reads and writes. An index only names jobs: each write has its condition on the item. */
export function sweepsOfItems(parts: DynamodbStoreParts): Pick<JobStore, Sweep> {
  const { table } = parts
  return {
    leasesOf: async worker =>
      (await ofPhase(table, 'running', { filter: { worker: { is: worker } } })).map(leaseOf),
    leasesBefore: time => leasesBefore(table, time.getTime()),
    async unanswered(now) {
      const range = { below: now.getTime() }
      return (await ofPhase(table, 'needing', { range, limit: BATCH })).map(({ id }) => id)
    },
    async failIfUnanswered(id, { expiredBefore, error }) {
      const set = { error: boundedError(error), outcome: shardOf('ended', id) }
      const { remove = [], ...end } = ending(id, set)
      const change = { ...end, remove: [...remove, 'needs'] }
      const condition = { needs: 'present', expiresAt: { below: expiredBefore.getTime() } } as const
      const item = await writeEnd(parts, 'failUnanswered', { id, change, condition })
      return item && writtenItem(item)
    },
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
    // Without files it is history, from its end on.
    removeIfFilesDeleted: id => removeIfBefore(parts, id, Date.now() + 1),
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
      remove: ['sealed', 'needs'],
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
