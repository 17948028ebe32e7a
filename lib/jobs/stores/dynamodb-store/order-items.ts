import { type EngineOrder, MOST_ENGINE_ORDERS } from '../../../worker-orders.ts'
import { type DueCount, MOST_COUNTED, type OperatorStore } from '../../operator-store.ts'
import type { DynamodbTable } from './dynamodb-table.ts'
import { queryShards } from './shard-queries.ts'
import { ordersId, seenWorkerItems, wasSeen } from './worker-items.ts'

const PAUSE_ID = 'pause#convert'
/** How often a write is tried again that another one came before. */
const MOST_TRIES = 5

interface OrdersItem {
  isDrained: boolean
  engines: EngineOrder[]
  /** Grows with each write: the condition of the next one. */
  revision: number
}

const NO_ORDERS: OrdersItem = { isDrained: false, engines: [], revision: 0 }

/** What operators read and write beside the jobs: an item for the pause, and one for the orders of each worker. */
export function orderItems(table: DynamodbTable): OperatorStore {
  const order = (worker: string, change: (orders: OrdersItem) => Partial<OrdersItem> | undefined) =>
    changeOrders(table, worker, change)
  const pausedSince = async () => {
    const item = await table.get(PAUSE_ID)
    return item ? new Date(Number(item.since)) : null
  }
  return {
    pausedSince,
    async pause() {
      await table.putIf({ id: PAUSE_ID, since: Date.now() }, { id: 'absent' })
    },
    async resume() {
      await table.deleteIf(PAUSE_ID, { id: 'present' })
    },
    async takeOrders(worker) {
      const items = await table.getAll([PAUSE_ID, ordersId(worker)])
      const isPaused = items.some(({ id }) => id === PAUSE_ID)
      const { isDrained, engines } = ordersIn(items.find(({ id }) => id !== PAUSE_ID))
      const isTaken = engines.length > 0 && (await order(worker, () => ({ engines: [] })))
      return { isPaused, isDrained, engines: isTaken ? engines : [] }
    },
    drainIfSeen: async (worker, isDrained) =>
      (await wasSeen(table, worker)) && order(worker, () => ({ isDrained })),
    orderIfSeen: async (worker, one) =>
      (await wasSeen(table, worker)) &&
      order(worker, ({ engines }) =>
        engines.length < MOST_ENGINE_ORDERS ? { engines: [...engines, one] } : undefined,
      ),
    seenWorkers: () => seenWorkerItems(table),
    async retentionPreview({ now, endedBefore }) {
      const [files, rows] = await Promise.all([
        dueOf(table, 'ended', now.getTime()),
        dueOf(table, 'history', endedBefore.getTime()),
      ])
      return { files, rows }
    },
  }
}

const ordersIn = (item: object | undefined): OrdersItem => ({ ...NO_ORDERS, ...item })

/** Returns whether it was written; `change` may refuse. */
async function changeOrders(
  table: DynamodbTable,
  worker: string,
  change: (orders: OrdersItem) => Partial<OrdersItem> | undefined,
): Promise<boolean> {
  const id = ordersId(worker)
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const item = await table.get(id)
    const orders = ordersIn(item)
    const changed = change(orders)
    if (!changed) return false
    const condition = item ? { revision: { is: orders.revision } } : ({ id: 'absent' } as const)
    if (await table.putIf({ id, ...orders, ...changed, revision: orders.revision + 1 }, condition))
      return true
  }
  return false
}

async function dueOf(table: DynamodbTable, phase: 'ended' | 'history', below: number): Promise<DueCount> {
  const limit = MOST_COUNTED + 1
  const found = await queryShards(table, phase, { index: 'byPhase', range: { below }, limit })
  const times = found.map(({ phaseAt }) => Number(phaseAt))
  return {
    count: Math.min(times.length, MOST_COUNTED),
    exact: times.length <= MOST_COUNTED,
    oldest: times.length > 0 ? new Date(Math.min(...times)) : null,
  }
}
