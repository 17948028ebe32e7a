import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { ProcessorTime } from '#worker/watchdog/processor-time.ts'
import { runWatched } from '#worker/watched-program.ts'
import { descendants, openTestEngine, type TestEngine } from './test-engine.ts'

const LIMITS = { cpuMs: 900_000, stallMs: 60_000, memoryBytes: 3e9, resultBytes: 1e9 }
/** Some tenths of a second of work. */
const WORK = 'for ((n = 0; n < 200000; n++)); do :; done'

for (const mode of ['bwrap', 'off'] as const)
  describe(`a program that is watched, with SANDBOX=${mode}`, () => {
    let testEngine: TestEngine
    before(async () => {
      testEngine = await openTestEngine(mode, { engine: 'spawn' })
    })
    after(() => testEngine.close())

    const run = (script: string, changed: Partial<typeof LIMITS> = {}, processor?: ProcessorTime) =>
      testEngine.slots.use(slot =>
        runWatched(['/bin/bash', '-c', script], {
          sandbox: testEngine.sandbox,
          slot,
          target: 'pdf',
          limits: { ...LIMITS, ...changed },
          processor,
          signal: AbortSignal.timeout(60_000),
        }),
      )

    it('gives what it said and how it ended, and nothing else', async () => {
      const ended = await run('echo said; echo wrong >&2; exit 7')
      assert.deepEqual([ended.code, ended.stdout, ended.stderr], [7, 'said\n', 'wrong\n'])
    })

    it('adds what it used of the processor to that of the programs before, its ended children too', async () => {
      const processor = new ProcessorTime()
      let told = 0
      for (let program = 0; program < 3; program++) {
        // The second line of times is that of the children which have ended.
        const { stdout } = await run(`(${WORK}); times`, {}, processor)
        told += Number(/\n0m([\d.]+)s/.exec(stdout)?.[1]) * 1000
        // The kernel’s counts are hundredths of a second, bash’s are finer.
        assert.ok(told > 0 && processor.usedMs >= 0.8 * told, `${processor.usedMs} of ${told} ms`)
      }
      await assert.rejects(run('sleep 60', { cpuMs: told / 2 }, processor), { code: 'cpu_limit' })
      assert.deepEqual(descendants(), [])
    })

    it('is not taken for silent while one works that it started late', async () => {
      const work = 'for ((n = 0; n < 800000; n++)); do :; done'
      assert.equal((await run(`sleep 0.7; (${work})`, { stallMs: 1500 })).code, 0)
    })

    it('is ended when it works on and on', async () => {
      await assert.rejects(run('while :; do :; done', { cpuMs: 500 }), { code: 'cpu_limit' })
      assert.deepEqual(descendants(), [])
    })

    it('is ended when it neither works nor ends', async () => {
      await assert.rejects(run('sleep 60', { stallMs: 1000 }), { code: 'stalled' })
      assert.deepEqual(descendants(), [])
    })
  })
