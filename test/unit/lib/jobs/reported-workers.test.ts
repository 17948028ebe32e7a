import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readWorkers } from '#lib/jobs/reported-workers.ts'

const status = (worker: string, slots: number, trouble: string | null = null) => {
  return { worker, slots, ready: trouble === null, trouble }
}
const read = async (functionSlots: number, ...reported: ReturnType<typeof status>[]) =>
  (await readWorkers({ store: { workers: async () => reported }, functionSlots })).map(
    ({ worker, slots, ready }) => [worker, slots, ready],
  )

test('functions count as ready while none of them runs, with the slots that do not report', async () => {
  const host = status('host/1', 2)
  assert.deepEqual(await read(0, host), [['host/1', 2, true]])
  assert.deepEqual(await read(5), [['lambda', 5, true]])
  assert.deepEqual((await read(5, host, status('lambda/a', 1))).at(-1), ['lambda', 4, true])
  assert.deepEqual(await read(1, status('lambda/a', 1)), [['lambda/a', 1, true]])
})

test('functions do not count as ready when those that report can take no jobs', async () => {
  const broken = status('lambda/a', 1, 'no sandbox')
  assert.deepEqual(await read(5, broken), [['lambda/a', 1, false]])
  assert.deepEqual((await read(5, broken, status('lambda/b', 1))).at(-1), ['lambda', 3, true])
})
