import assert from 'node:assert/strict'
import { it } from 'node:test'
import { pino } from 'pino'
import type { WorkerOrders } from '#lib/worker-orders.ts'
import { until } from '#test/until.ts'
import { followOrders } from '#worker/follow-orders.ts'

const log = pino({ level: 'silent' })
const NONE: WorkerOrders = { isPaused: false, isDrained: false, engines: [] }

it('pauses and drains its worker while that is ordered, and carries out each order for an engine', async t => {
  const done: string[] = []
  let orders: WorkerOrders | Error = NONE
  const following = followOrders(
    {
      jobs: {
        async takeOrders() {
          if (orders instanceof Error) throw orders
          const taken = orders
          orders = { ...orders, engines: [] }
          return taken
        },
      },
      worker: 'host/1',
      consumer: { pause: () => done.push('pause'), resume: () => done.push('resume') },
      slots: { obey: ({ engine, action }) => done.push(`${action} ${engine}`) },
      heartbeat: { drain: async isDrained => void done.push(`drained: ${isDrained}`) },
      log,
    },
    1,
  )
  t.after(() => following.stop())
  const then = async (next: WorkerOrders | Error, what: string) => {
    done.length = 0
    orders = next
    await until(what, () => done.includes(what))
  }
  await then(NONE, 'resume')
  await then({ ...NONE, isPaused: true }, 'pause')
  await then({ ...NONE, engines: [{ engine: 'engine-3', action: 'kill' }] }, 'kill engine-3')
  await then({ ...NONE, isDrained: true }, 'drained: true')
  assert.ok(done.includes('pause'))
  orders = new Error('the store is away')
  await then({ ...NONE, isDrained: true }, 'pause')
  assert.ok(!done.includes('resume'))
  await then(NONE, 'drained: false')
})
