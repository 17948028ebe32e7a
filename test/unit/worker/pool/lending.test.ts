import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { until } from '#test/until.ts'
import type { PoolOptions } from '#worker/pool/pool-options.ts'
import { convertOne, type ProcessScript, scriptedPool } from './scripted.ts'

async function open(t: TestContext, script: ProcessScript = {}, changes: Partial<PoolOptions> = {}) {
  const scratchDir = await mkdtemp(join(tmpdir(), 'nightshift-lending-'))
  const scripted = scriptedPool(scratchDir, script, changes)
  t.after(async () => {
    await scripted.pool.stop()
    await rm(scratchDir, { recursive: true })
  })
  await scripted.pool.start()
  const { slots = 2, recycling } = changes
  const all = recycling ? 2 * slots : slots + 1
  const idle = () => scripted.pool.slots.activity().filter(({ state }) => state === 'idle')
  await until('all processes are ready', () => idle().length === all)
  return scripted
}

/** How many lend out at most in one slot's work. */
const lendAll = (pool: Awaited<ReturnType<typeof open>>['pool'], directory: string) => {
  const lent = []
  for (let one = pool.lend(directory); one; one = pool.lend(directory)) lent.push(one)
  return lent
}

test('a pool lends one process while a slot is free, and each free slot keeps one', async t => {
  const { pool } = await open(t, {}, { slots: 3 })
  await pool.slots.use(async directory => {
    const lent = lendAll(pool, directory)
    assert.equal(lent.length, 1)
    assert.notEqual(lent[0]?.directory, directory)
    // Two more jobs start at once.
    await Promise.all([convertOne(pool), convertOne(pool)])
    await Promise.all(lent.map(one => one.giveBack()))
    assert.equal(lendAll(pool, directory).length, 1)
  })
})

test('a pool lends nothing where all slots are taken, nor to a folder that is none of its slots', async t => {
  const { pool } = await open(t, {}, { slots: 1 })
  await pool.slots.use(async directory => assert.equal(pool.lend(directory), undefined))
  assert.equal(pool.lend('/nowhere'), undefined)
})

test('a lent process stands still while jobs take all slots, and goes on then', async t => {
  const { pool } = await open(t)
  await pool.slots.use(async directory => {
    const lent = pool.lend(directory)
    assert.equal(lent?.isPaused, false)
    await pool.slots.use(async () => assert.equal(lent?.isPaused, true))
    assert.equal(lent?.isPaused, false)
    await lent?.giveBack()
  })
})

test('a lent process that stands still for long is replaced', async t => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const told: string[] = []
  const { pool, made } = await open(
    t,
    {},
    {
      observe: fact => told.push('reason' in fact ? fact.reason : fact.type),
    },
  )
  await pool.slots.use(async directory => {
    const lent = pool.lend(directory)
    await pool.slots.use(async () => t.mock.timers.tick(5000))
    const process = made.find(({ place }) => place.workDir === lent?.directory)
    assert.equal(process?.stopped, true)
    assert.deepEqual(
      told.filter(one => one !== 'engineStarted'),
      ['needed'],
    )
    await lent?.giveBack()
  })
})

test('with ENGINE_REUSE=owner a process that has read files of another owner is not lent', async t => {
  const recycling = { reuse: 'owner', maxDocuments: 100, maxRssBytes: 1e9 } as const
  const { pool } = await open(t, {}, { recycling })
  const foreign = await convertOne(pool, { owner: 'another' })
  await pool.slots.use(
    async directory => {
      const lent = lendAll(pool, directory)
      assert.equal(lent.length, 1)
      assert.notEqual(lent[0]?.directory, foreign)
      await lent[0]?.giveBack()
    },
    { owner: 'one' },
  )
})
