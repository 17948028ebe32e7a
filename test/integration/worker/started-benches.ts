import assert from 'node:assert/strict'
import { afterEach } from 'node:test'
import type { AppError } from '#lib/errors.ts'
import { type Bench, type BenchOptions, openBench } from './bench.ts'

/** Starts benches that are closed when their test ends, however it ends. */
export function startedBenches(): (options: BenchOptions) => Promise<Bench> {
  const open: Bench[] = []
  afterEach(async () => {
    for (const bench of open.splice(0)) await bench.close()
  })
  return async options => {
    const bench = await openBench('bwrap', options)
    open.push(bench)
    await bench.engine.start()
    return bench
  }
}

/** Tells a limit's error by its code and its sentence. */
export const endsWith = (code: string, sentence: RegExp) => (error: AppError) => {
  assert.equal(error.code, code, error.message)
  assert.match(error.toJobError().message, sentence)
  return true
}
