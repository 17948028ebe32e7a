import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { EngineFact } from '#lib/metrics/work-fact.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import { until } from '#test/until.ts'
import { convertOne, type ProcessScript, scriptedPool } from './scripted.ts'

async function open(t: TestContext, script: ProcessScript) {
  const scratchDir = await mkdtemp(join(tmpdir(), 'nightshift-orders-'))
  const facts: EngineFact[] = []
  const scripted = scriptedPool(scratchDir, script, { slots: 1, observe: fact => void facts.push(fact) })
  t.after(async () => {
    await scripted.pool.stop()
    await rm(scratchDir, { recursive: true })
  })
  await scripted.pool.start()
  await until('a slot and a spare', () => facts.length === 2)
  const reasons = () => facts.flatMap(fact => ('reason' in fact ? `${fact.type} ${fact.reason}` : []))
  return { ...scripted, reasons }
}

test('an engine that an operator kills fails its document as one that crashed, and another takes its place', async t => {
  const { pool, reasons, living } = await open(t, {
    async convert(_, process) {
      await process.gone
      throw new AppError('engine_crashed')
    },
  })
  const converting = convertOne(pool)
  const busy = await until('one is busy', () => pool.slots.activity().find(({ state }) => state === 'busy'))
  pool.slots.obey({ engine: busy.name ?? '', action: 'kill' })
  await assert.rejects(converting, { code: 'engine_crashed' })
  await until('another took its place', () => living().length === 2)
  assert.deepEqual(reasons(), ['engineKilled operator'])
  assert.ok(!pool.slots.activity().some(({ name }) => name === busy.name))
})

test('an engine that an operator recycles is replaced after its document', async t => {
  const { promise: mayEnd, resolve: end } = Promise.withResolvers<void>()
  const { pool, reasons } = await open(t, { convert: () => mayEnd })
  const converting = convertOne(pool)
  const busy = await until('one is busy', () => pool.slots.activity().find(({ state }) => state === 'busy'))
  pool.slots.obey({ engine: busy.name ?? '', action: 'recycle' })
  assert.deepEqual(reasons(), [])
  end()
  await converting
  await until('it is replaced', () => reasons().length === 1)
  assert.deepEqual(reasons(), ['engineRecycled operator'])
  assert.ok(!pool.slots.activity().some(({ name }) => name === busy.name))
})

test('an order for an engine that is gone has no effect', async t => {
  const { pool, reasons } = await open(t, {})
  for (const action of ['kill', 'recycle'] as const) pool.slots.obey({ engine: 'engine-99', action })
  await convertOne(pool)
  assert.deepEqual(reasons(), [])
})
