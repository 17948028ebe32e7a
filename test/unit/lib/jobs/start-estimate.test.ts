import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readCapacity, startsInS } from '#lib/jobs/start-estimate.ts'
import { WORKER_STARTING } from '#lib/jobs.ts'

const worker = (slots: number, ready = true, trouble: string | null = null) => {
  return { worker: 'host/1', slots, ready, trouble }
}
const storeWith = (workers: ReturnType<typeof worker>[], running: number, tookMs: number[]) => ({
  workers: async () => workers,
  recentRuns: async () => ({ running, tookMs }),
  pausedSince: async (): Promise<Date | null> => null,
})
const read = (...stored: Parameters<typeof storeWith>) => readCapacity({ store: storeWith(...stored) })

test('no start is estimated while an operator has paused the jobs', async () => {
  const store = { ...storeWith([worker(2)], 0, [1000]), pausedSince: async () => new Date() }
  assert.deepEqual(await readCapacity({ store }), { workers: 'paused', throughput: null })
})

test('the throughput is that of the slots of ready workers, by the mean of the latest jobs', async () => {
  const throughput = { slots: 3, free: 2, jobS: 3 }
  assert.deepEqual(
    (await read([worker(2), worker(1), worker(8, false)], 1, [2000, 4000])).throughput,
    throughput,
  )
  assert.equal((await read([worker(1)], 4, [1000])).throughput?.free, 0)
})

test('the throughput is unknown without a ready worker and without a completed job', async () => {
  assert.equal((await read([worker(2, false)], 0, [1000])).throughput, null)
  assert.equal((await read([worker(2)], 0, [])).throughput, null)
})

test('workers are ready where one is, starting where one starts its engine, and none otherwise', async () => {
  const [ready, starting, broken] = [
    worker(1),
    worker(1, false, WORKER_STARTING),
    worker(1, false, 'no bwrap'),
  ]
  const stateOf = async (...workers: ReturnType<typeof worker>[]) => (await read(workers, 0, [])).workers
  assert.equal(await stateOf(broken, starting, ready), 'ready')
  assert.equal(await stateOf(broken, starting), 'starting')
  assert.equal(await stateOf(broken), 'none')
  assert.equal(await stateOf(), 'none')
})

test('a job for which a slot is free starts at once; another one after those before it', () => {
  assert.equal(startsInS(1, { slots: 2, free: 2, jobS: 60 }), 0)
  assert.equal(startsInS(2, { slots: 2, free: 2, jobS: 60 }), 15)
  assert.equal(startsInS(0, { slots: 1, free: 0, jobS: 60 }), 30)
  assert.equal(startsInS(3, { slots: 2, free: 0, jobS: 20 }), 35)
})

test('an estimate is as exact as it is shown', () => {
  const one = { slots: 1, free: 0 }
  assert.equal(startsInS(0, { ...one, jobS: 4 }), 0)
  assert.equal(startsInS(0, { ...one, jobS: 17 }), 10)
  assert.equal(startsInS(0, { ...one, jobS: 260 }), 120)
  assert.equal(startsInS(10, { ...one, jobS: 1000 }), 3 * 3600)
})
