import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { runWhileActive } from '#worker/run-while-active.ts'
import { descendants, openTestEngine, type TestEngine } from './test-engine.ts'

describe('a command of our own', () => {
  let testEngine: TestEngine
  before(async () => {
    testEngine = await openTestEngine('bwrap', { engine: 'spawn' })
  })
  after(() => testEngine.close())

  const run = (script: string, signal?: AbortSignal) =>
    testEngine.slots.use(slot =>
      runWhileActive(testEngine.sandbox, ['/bin/bash', '-c', script], {
        slot,
        ms: 1000,
        ...(signal && { signal }),
      }),
    )

  it('gives how it ended', async () => {
    const { code, stdout } = await run('echo said; exit 7')
    assert.deepEqual([code, stdout], [7, 'said\n'])
  })

  for (const [what, script, code] of [
    ['does nothing', 'sleep 600', 'stalled'],
    ['works on and on', 'while :; do :; done', 'cpu_limit'],
  ] as const)
    it(`is ended with all that came of it when it ${what}`, async () => {
      await assert.rejects(run(script), { code })
      assert.deepEqual(descendants(), [])
    })

  it('is ended when it is asked to', async () => {
    await assert.rejects(run('sleep 600', AbortSignal.abort('enough')), reason => reason === 'enough')
    assert.deepEqual(descendants(), [])
  })
})
