import { againIfDropped } from '../../../postgres/again-if-dropped.ts'
import { type EngineOrder, MOST_ENGINE_ORDERS } from '../../../worker-orders.ts'
import { type DueCount, MOST_COUNTED, type OperatorStore } from '../../operator-store.ts'
import { ENDED } from './sweeps.ts'
import { seenWorkers } from './worker-rows.ts'
import type { StoreParts } from './written-row.ts'

/** A worker that was silent for longer gets no orders, in milliseconds. */
const SEEN_MS = 15_000

const PAUSED_SINCE = `SELECT since FROM queue_pauses WHERE queue = 'convert'`
const PAUSE = `INSERT INTO queue_pauses (queue, since) VALUES ('convert', $1) ON CONFLICT DO NOTHING`
const RESUME = `DELETE FROM queue_pauses WHERE queue = 'convert'`

const ORDERS = `
  SELECT EXISTS (${PAUSED_SINCE}) AS "isPaused", coalesce(is_drained, false) AS "isDrained",
    coalesce(engine_orders, '[]') AS engines
  FROM (SELECT) AS one LEFT JOIN workers ON name = $1`
/** Orders that came meanwhile are taken the next time. */
const TAKE = `UPDATE workers SET engine_orders = '[]' WHERE name = $1 AND engine_orders = $2::jsonb`
const DRAIN = 'UPDATE workers SET is_drained = $2 WHERE name = $1 AND seen_at > $3'
const ORDER = `
  UPDATE workers SET engine_orders = engine_orders || $2::jsonb
  WHERE name = $1 AND seen_at > $3 AND jsonb_array_length(engine_orders) < ${MOST_ENGINE_ORDERS}`

const dueOf = (column: string, which: string) => `
  SELECT count(*)::int AS count, min(due) AS oldest
  FROM (SELECT ${column} AS due FROM jobs WHERE ${which} ORDER BY ${column} LIMIT ${MOST_COUNTED + 1}) AS due`
const DUE_FILES = dueOf('expires_at', `state IN (${ENDED}) AND files_deleted_at IS NULL AND expires_at < $1`)
const DUE_ROWS = dueOf('finished_at', 'files_deleted_at IS NOT NULL AND finished_at < $1')

interface OrdersRow {
  isPaused: boolean
  isDrained: boolean
  engines: EngineOrder[]
}

/** What operators read and write beside the jobs. */
export function orderRows(parts: StoreParts): OperatorStore {
  const { pool } = parts
  const seenSince = () => new Date(Date.now() - SEEN_MS)
  async function due(text: string, time: Date): Promise<DueCount> {
    const { rows } = await againIfDropped(() =>
      pool.query<{ count: number; oldest: Date | null }>(text, [time]),
    )
    const { count, oldest } = rows[0] ?? { count: 0, oldest: null }
    return { count: Math.min(count, MOST_COUNTED), exact: count <= MOST_COUNTED, oldest }
  }
  return {
    async pausedSince() {
      const { rows } = await againIfDropped(() =>
        pool.query<{ since: Date }>({ name: 'paused since', text: PAUSED_SINCE }),
      )
      return rows[0]?.since ?? null
    },
    async pause() {
      await pool.query(PAUSE, [new Date()])
    },
    async resume() {
      await pool.query(RESUME)
    },
    async takeOrders(worker) {
      const { rows } = await pool.query<OrdersRow>({ name: 'orders', text: ORDERS, values: [worker] })
      const orders = rows[0] ?? { isPaused: false, isDrained: false, engines: [] }
      if (orders.engines.length === 0) return orders
      const { rowCount } = await pool.query(TAKE, [worker, JSON.stringify(orders.engines)])
      return rowCount ? orders : { ...orders, engines: [] }
    },
    drainIfSeen: async (worker, isDrained) =>
      (await pool.query(DRAIN, [worker, isDrained, seenSince()])).rowCount === 1,
    orderIfSeen: async (worker, order) =>
      (await pool.query(ORDER, [worker, JSON.stringify([order]), seenSince()])).rowCount === 1,
    seenWorkers: () => seenWorkers(parts),
    async retentionPreview({ now, endedBefore }) {
      const [files, rows] = await Promise.all([due(DUE_FILES, now), due(DUE_ROWS, endedBefore)])
      return { files, rows }
    },
  }
}
