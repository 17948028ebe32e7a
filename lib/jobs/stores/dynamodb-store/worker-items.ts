import type { WorkerStatus } from '../../../jobs.ts'
import type { JobStore } from '../../store.ts'
import type { DynamodbTable } from './dynamodb-table.ts'

/** A worker that was silent for longer is not counted, in milliseconds. */
const SEEN_MS = 15_000
/** Its item is deleted when it was silent for so much longer. */
const FORGOTTEN_MS = 20 * SEEN_MS
const PHASE = 'worker'

/** What workers report of themselves, an item for each. */
export function workerReports(table: DynamodbTable): Pick<JobStore, 'heartbeat' | 'workers'> {
  const seen = (range: { from: number } | { below: number }) =>
    table.query({ index: 'byPhase', hash: PHASE, range })
  return {
    async heartbeat(status) {
      const now = Date.now()
      await table.putIf({ id: `worker#${status.worker}`, phase: PHASE, phaseAt: now, status }, {})
      for (const { id } of await seen({ below: now - FORGOTTEN_MS }))
        await table.deleteIf(String(id), { phaseAt: { below: now - FORGOTTEN_MS } })
    },
    async workers() {
      const items = await seen({ from: Date.now() - SEEN_MS })
      const statuses = items.map(({ status }) => status as WorkerStatus)
      return statuses.toSorted((a, b) => (a.worker < b.worker ? -1 : 1))
    },
  }
}
