import { allows } from '../../../vocabulary/job-life.ts'
import { MOST_ENGINE_ORDERS } from '../../../worker-orders.ts'
import { type DueCount, MOST_COUNTED, type OperatorStore } from '../../operator-store.ts'
import type { JobTable } from './job-table.ts'

/** What operators read and write beside the jobs. */
export function orderEntries(table: JobTable): OperatorStore {
  const { workers, orders } = table
  const ordersOf = (worker: string) => orders.get(worker) ?? { isDrained: false, engines: [] }
  return {
    pausedSince: async () => table.pausedSince,
    async pause() {
      table.pausedSince ??= new Date(table.now)
    },
    async resume() {
      table.pausedSince = null
    },
    async takeOrders(worker) {
      const { isDrained, engines } = ordersOf(worker)
      orders.set(worker, { isDrained, engines: [] })
      return { isPaused: table.pausedSince !== null, isDrained, engines }
    },
    async drainIfSeen(worker, isDrained) {
      if (workers.has(worker)) orders.set(worker, { ...ordersOf(worker), isDrained })
      return workers.has(worker)
    },
    async orderIfSeen(worker, order) {
      const { isDrained, engines } = ordersOf(worker)
      if (!workers.has(worker) || engines.length >= MOST_ENGINE_ORDERS) return false
      orders.set(worker, { isDrained, engines: [...engines, order] })
      return true
    },
    seenWorkers: async () => [...workers.values()].sort((a, b) => (a.worker < b.worker ? -1 : 1)),
    async retentionPreview({ now, endedBefore }) {
      const kept = table.where(e => !e.receipt?.deletedAt && allows('markFilesDeleted', e.state))
      const gone = table.where(e => Boolean(e.receipt?.deletedAt))
      return {
        files: dueBefore(
          kept.map(e => e.expiresAt),
          now,
        ),
        rows: dueBefore(
          gone.flatMap(e => e.finishedAt ?? []),
          endedBefore,
        ),
      }
    },
  }
}

function dueBefore(times: readonly Date[], before: Date): DueCount {
  const due = times.filter(time => time < before).sort((a, b) => a.getTime() - b.getTime())
  return {
    count: Math.min(due.length, MOST_COUNTED),
    exact: due.length <= MOST_COUNTED,
    oldest: due[0] ?? null,
  }
}
