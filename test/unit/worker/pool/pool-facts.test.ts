import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { EngineFact } from '#lib/metrics/work-fact.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import { until } from '#test/until.ts'
import type { PoolOptions } from '#worker/pool/pool-options.ts'
import { convertOne, type ProcessScript, scriptedPool } from './scripted.ts'

/** A pool with one slot that tells what becomes of its processes. */
async function open(t: TestContext, script: ProcessScript, changes: Partial<PoolOptions> = {}) {
  const scratchDir = await mkdtemp(join(tmpdir(), 'nightshift-facts-'))
  const facts: EngineFact[] = []
  const observe = (fact: EngineFact) => void facts.push(fact)
  const scripted = scriptedPool(scratchDir, script, { slots: 1, observe, ...changes })
  t.after(async () => {
    await scripted.pool.stop()
    await rm(scratchDir, { recursive: true })
  })
  await scripted.pool.start()
  await until('a slot and a spare', () => facts.length === 2)
  /** What was told beside the starts that worked. */
  const told = () =>
    facts.flatMap(fact =>
      fact.type === 'engineStarted' ? [] : 'reason' in fact ? `${fact.type} ${fact.reason}` : fact.type,
    )
  return { ...scripted, facts, told }
}

const recycling = { reuse: 'always', maxDocuments: 2, maxRssBytes: 1e9 } as const

test('a pool tells of each start, and of each process that it replaces the reason', async t => {
  const { pool, told, facts } = await open(t, {}, { recycling })
  for (let n = 0; n < 2; n++) await convertOne(pool)
  await until('another one', () => facts.filter(({ type }) => type === 'engineStarted').length === 3)
  assert.deepEqual(told(), ['engineRecycled documents'])
  await pool.renew()
  assert.deepEqual(told().slice(1), ['engineRecycled fonts', 'engineRecycled fonts'])
  await convertOne(pool, { region: { locale: 'ko-KR' } })
  assert.equal(told().at(-1), 'engineRecycled unsuitable')
})

test('a pool tells of each process that it kills the reason, once, and of one that dies', async t => {
  let act: ProcessScript['convert']
  const { pool, told, living } = await open(t, { convert: (document, process) => act?.(document, process) })
  act = (_, process) => process.crash()
  await assert.rejects(convertOne(pool))
  assert.deepEqual(told(), ['engineKilled crash'])

  for (const reason of ['cancelled', 'lost', 'stopping', new AppError('time_limit')]) {
    const abort = new AbortController()
    act = ({ signal }) => {
      queueMicrotask(() => abort.abort(reason))
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
    }
    await assert.rejects(convertOne(pool, { signal: abort.signal }))
  }
  assert.deepEqual(
    told().slice(1),
    ['cancelled', 'lost', 'stopping', 'limit'].map(reason => `engineKilled ${reason}`),
  )

  await until('an idle one', () => living().length === 2)
  living().at(0)?.dieIdle()
  await until('it is told', () => told().length === 6)
  assert.equal(told().at(-1), 'engineKilled crash')

  act = () => {
    throw new AppError('conversion_failed')
  }
  await assert.rejects(convertOne(pool))
  assert.equal(told().length, 6, 'a refused document ends no process')
})

test('a pool tells of each start that failed', async t => {
  let isBroken = false
  const start = () => {
    if (isBroken) throw new AppError('engine_crashed')
  }
  const { told, living } = await open(t, { start })
  isBroken = true
  living().at(0)?.dieIdle()
  await until('a start has failed', () => told().includes('engineNotStarted'))
  assert.equal(told()[0], 'engineKilled crash')
})
