import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { AppError } from '#lib/vocabulary/errors.ts'
import type { Conversion, Engine } from '#worker/engine.ts'
import { withTimeLimit } from '#worker/time-limit.ts'
import { hang } from './simple-engines.ts'

const engineOf = (convert: Engine['convert']): Engine => ({
  name: 'test',
  startOne: () => Promise.resolve(),
  start: () => Promise.resolve(),
  renew: () => Promise.resolve(),
  stop: () => Promise.resolve(),
  convert,
})

const conversion = (signal = new AbortController().signal): Conversion => ({
  sourcePath: '/slot/source.txt',
  format: 'txt',
  target: 'pdf',
  directory: '/slot',
  signal,
  onProgress: () => {},
})

it('ends what takes longer by the clock, and says how long that was', async () => {
  await assert.rejects(withTimeLimit(engineOf(hang), 50).convert(conversion()), (error: AppError) => {
    assert.equal(error.code, 'time_limit')
    return /longer than 0 s/.test(error.toJobError().message)
  })
})

it('leaves what is cancelled its own reason', async () => {
  const signal = AbortSignal.abort('cancelled')
  const waiting = engineOf(async ({ signal }) => {
    signal.throwIfAborted()
    return hang(conversion(signal))
  })
  await assert.rejects(
    withTimeLimit(waiting, 60_000).convert(conversion(signal)),
    reason => reason === 'cancelled',
  )
})

it('gives each conversion a count of processor time of its own', async () => {
  const counts = new Set<unknown>()
  const engine = withTimeLimit(
    engineOf(async ({ processor }) => {
      counts.add(processor)
      return { path: '/slot/result.pdf' }
    }),
    60_000,
  )
  for (let round = 0; round < 2; round++) await engine.convert(conversion())
  assert.ok(counts.size === 2 && !counts.has(undefined))
})
