import type { WaitingRow } from '../../store.ts'
import type { DynamodbTable } from './dynamodb-table.ts'
import type { JobItem } from './job-item.ts'
import { queryShards } from './shard-queries.ts'

interface WaitingItem extends Pick<JobItem, 'id' | 'owner' | 'batchId' | 'runAt'> {
  /** Its place in the queue. */
  phaseAt: number
}

/** All jobs that wait, in no order. */
export function readWaiting(table: DynamodbTable): Promise<WaitingItem[]> {
  return queryShards(table, 'queued', { index: 'byPhase' })
}

/** Reads the whole queue, whose length is limited. @see JobStore.queuePositions */
export async function waitingPositions(
  table: DynamodbTable,
  ids?: readonly string[],
): Promise<Map<string, WaitingRow>> {
  if (ids?.length === 0) return new Map()
  const due = dueInOrder(await readWaiting(table))
  const asked = ids && new Set(ids)
  const positions = due.map(({ id, owner, batchId }, ahead) => [id, { owner, batchId, ahead }] as const)
  return new Map(positions.filter(([id]) => !asked || asked.has(id)))
}

/** Those that may start now, in the order of their places. */
export function dueInOrder<W extends Pick<WaitingItem, 'runAt' | 'phaseAt'>>(waiting: readonly W[]): W[] {
  const now = Date.now()
  return waiting.filter(({ runAt = 0 }) => runAt <= now).toSorted((a, b) => a.phaseAt - b.phaseAt)
}
