import assert from 'node:assert/strict'
import { afterEach } from 'node:test'
import type { AppError } from '#lib/vocabulary/errors.ts'
import { openTestEngine, type TestEngine, type TestEngineOptions } from './test-engine.ts'

/** Starts test engines that are closed when their test ends, however it ends. */
export function startedTestEngines(): (options: TestEngineOptions) => Promise<TestEngine> {
  const open: TestEngine[] = []
  afterEach(async () => {
    for (const testEngine of open.splice(0)) await testEngine.close()
  })
  return async options => {
    const testEngine = await openTestEngine('bwrap', options)
    open.push(testEngine)
    await testEngine.engine.start()
    return testEngine
  }
}

/** Tells a limit's error by its code and its sentence. */
export const endsWith = (code: string, sentence: RegExp) => (error: AppError) => {
  assert.equal(error.code, code, error.message)
  assert.match(error.toJobError().message, sentence)
  return true
}
