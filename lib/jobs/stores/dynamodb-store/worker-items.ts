import type { WorkerStatus } from '../../../jobs.ts'
import type { SeenWorker } from '../../operator-store.ts'
import type { JobStore } from '../../store.ts'
import type { DynamodbTable } from './dynamodb-table.ts'

/** A worker that was silent for longer is not counted, in milliseconds. */
const SEEN_MS = 15_000
/** Its item is deleted when it was silent for so much longer. */
const FORGOTTEN_MS = 20 * SEEN_MS
const PHASE = 'worker'

const workerId = (worker: string) => `worker#${worker}`
/** The item of what is ordered of a worker. */
export const ordersId = (worker: string) => `orders#${worker}`

/** What workers report of themselves, an item for each. */
export function workerReports(table: DynamodbTable): Pick<JobStore, 'heartbeat' | 'workers'> {
  return {
    async heartbeat(status) {
      const now = Date.now()
      await table.putIf({ id: workerId(status.worker), phase: PHASE, phaseAt: now, status }, {})
      for (const { id, status } of await reported(table, { below: now - FORGOTTEN_MS })) {
        await table.deleteIf(String(id), { phaseAt: { below: now - FORGOTTEN_MS } })
        await table.deleteIf(ordersId((status as WorkerStatus).worker), { id: 'present' })
      }
    },
    async workers() {
      const all = await seenWorkerItems(table, SEEN_MS)
      return all.map(({ seenAt: _, ...status }) => status)
    },
  }
}

/** The workers that reported in so many milliseconds, by name. */
export async function seenWorkerItems(table: DynamodbTable, ms = FORGOTTEN_MS): Promise<SeenWorker[]> {
  const items = await reported(table, { from: Date.now() - ms })
  const seen = items.map(({ status, phaseAt }) => ({
    ...(status as WorkerStatus),
    seenAt: new Date(Number(phaseAt)),
  }))
  return seen.toSorted((a, b) => (a.worker < b.worker ? -1 : 1))
}

/** Whether the worker reported in the last seconds. */
export async function wasSeen(table: DynamodbTable, worker: string): Promise<boolean> {
  const item = await table.get(workerId(worker), ['phaseAt'])
  return Number(item?.phaseAt ?? 0) >= Date.now() - SEEN_MS
}

function reported(table: DynamodbTable, range: { from: number } | { below: number }) {
  return table.query({ index: 'byPhase', hash: PHASE, range })
}
