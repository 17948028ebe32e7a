import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { it } from 'node:test'
import { until } from '#test/until.ts'
import type { StoreSuite } from './store-suite.ts'

/** What operators read and order. */
export function operatorConformance(suite: StoreSuite): void {
  const store = () => suite.store
  const report = async () => {
    const status = { worker: `host/${randomUUID()}`, slots: 1, ready: true, trouble: null }
    await store().heartbeat(status)
    return status.worker
  }

  it('pauses jobs once, and tells every worker until they are resumed', async () => {
    const worker = await report()
    assert.equal(await store().pausedSince(), null)
    await store().pause()
    const since = await store().pausedSince()
    assert.ok(since)
    await until('the clock goes on', () => Date.now() > since.getTime())
    await store().pause()
    assert.deepEqual(await store().pausedSince(), since, 'the earlier pause goes on')
    for (const whoever of [worker, 'host/unknown'])
      assert.equal((await store().takeOrders(whoever)).isPaused, true)
    await store().resume()
    await store().resume()
    assert.equal(await store().pausedSince(), null)
    assert.equal((await store().takeOrders(worker)).isPaused, false)
  })

  it('tells orders for engines once and in their order, and whether a worker is drained each time', async () => {
    const worker = await report()
    const orders = ['engine-1', 'engine-2'].map(engine => ({ engine, action: 'kill' }) as const)
    for (const order of orders) assert.equal(await store().orderIfSeen(worker, order), true)
    assert.equal(await store().drainIfSeen(worker, true), true)
    await store().heartbeat({ worker, slots: 1, ready: true, trouble: null })
    assert.deepEqual(await store().takeOrders(worker), { isPaused: false, isDrained: true, engines: orders })
    assert.deepEqual(await store().takeOrders(worker), { isPaused: false, isDrained: true, engines: [] })
    await store().drainIfSeen(worker, false)
    assert.equal((await store().takeOrders(worker)).isDrained, false)
  })

  it('orders nothing of a worker that did not report', async () => {
    const worker = `host/${randomUUID()}`
    assert.equal(await store().orderIfSeen(worker, { engine: 'engine-1', action: 'recycle' }), false)
    assert.equal(await store().drainIfSeen(worker, true), false)
    assert.deepEqual(await store().takeOrders(worker), { isPaused: false, isDrained: false, engines: [] })
  })

  it('knows when each worker reported last', async () => {
    const before = Date.now()
    const worker = await report()
    const seen = await until('an index knows it', async () =>
      (await store().seenWorkers()).find(one => one.worker === worker),
    )
    assert.ok(seen.seenAt.getTime() >= before && seen.seenAt.getTime() <= Date.now())
    assert.equal(seen.slots, 1)
  })

  it('counts what the sweeps of files and of old rows would delete, from the oldest on', async () => {
    const now = new Date()
    const future = new Date(now.getTime() + 3_600_000)
    const preview = () => store().retentionPreview({ now: future, endedBefore: future })
    const none = { count: 0, exact: true, oldest: null }
    await until('nothing is left of others', async () => (await preview()).rows.count === 0)
    const expiresAt = new Date(now.getTime() + 60_000)
    const jobs = [await suite.insert({ expiresAt }), await suite.insert({ expiresAt: future })]
    assert.deepEqual((await preview()).files, none, 'a job that waits is none')
    for (const { job } of jobs) await store().cancelIfNotEnded(job.id)
    const { files } = await until('an index knows it', async () => {
      const seen = await preview()
      return seen.files.count > 0 ? seen : undefined
    })
    assert.deepEqual(files, { count: 1, exact: true, oldest: expiresAt })
    await store().markFilesDeleted([jobs[0]?.job.id ?? ''])
    const { rows } = await until('its row is history', async () => {
      const seen = await preview()
      return seen.rows.count > 0 && seen.files.count === 0 ? seen : undefined
    })
    assert.equal(rows.count, 1)
    assert.equal((await store().retentionPreview({ now, endedBefore: now })).rows.count, 0)
  })
}
