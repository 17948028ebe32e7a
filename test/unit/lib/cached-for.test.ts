import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { cachedFor } from '#lib/cached-for.ts'

test('a look counts for its time, for all who ask, and then another is taken', async context => {
  context.mock.timers.enable({ apis: ['setTimeout'] })
  let looks = 0
  const ask = cachedFor(500, async () => ++looks)
  assert.deepEqual(await Promise.all([ask(), ask()]), [1, 1])
  context.mock.timers.tick(499)
  assert.equal(await ask(), 1)
  context.mock.timers.tick(1)
  assert.equal(await ask(), 2)
})

test('a look that failed is not remembered', async () => {
  let looks = 0
  const ask = cachedFor(500, async () => {
    if (++looks === 1) throw new Error('away')
    return looks
  })
  await assert.rejects(ask(), /away/)
  await turn()
  assert.equal(await ask(), 2)
})
