import type { WaitingRow } from '../../store.ts'
import type { DynamodbTable } from './dynamodb-table.ts'
import type { JobItem } from './job-item.ts'
import { queryShards } from './shard-queries.ts'

let lastPlace = 0

/** A place at the end of the queue: the time, in microseconds, and never twice the same in one process. */
export function nextPlace(now: number): number {
  lastPlace = Math.max(lastPlace + 1, now * 1000)
  return lastPlace
}

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
  const now = Date.now()
  const due = (await readWaiting(table))
    .filter(({ runAt = 0 }) => runAt <= now)
    .toSorted((a, b) => a.phaseAt - b.phaseAt)
  const asked = ids && new Set(ids)
  const positions = due.map(({ id, owner, batchId }, ahead) => [id, { owner, batchId, ahead }] as const)
  return new Map(positions.filter(([id]) => !asked || asked.has(id)))
}
