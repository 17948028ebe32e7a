import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { AppError } from '#lib/vocabulary/errors.ts'
import { until } from '#test/until.ts'
import { usageOf } from '#worker/sandbox/usage.ts'
import { ProcessorTime } from '#worker/watchdog/processor-time.ts'
import { type ConversionLimits, Watchdog } from '#worker/watchdog.ts'

const LIMITS: ConversionLimits = { cpuMs: 900_000, stallMs: 60_000, memoryBytes: 1e12, resultBytes: 1e9 }

describe('a watch over this very process', () => {
  let directory: string
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'nightshift-watch-'))
  })
  after(() => rm(directory, { recursive: true }))

  /** Watches until it has looked once, and gives what it found. */
  async function look(changed: Partial<ConversionLimits>, { uses = 0 } = {}) {
    const processor = new ProcessorTime()
    processor.sees(uses)
    processor.ended()
    const looks: number[] = []
    const { sees } = processor
    processor.sees = ms => {
      looks.push(ms)
      sees.call(processor, ms)
    }
    const passed: AppError[] = []
    const resultPath = join(directory, 'result.pdf')
    const watched = {
      pid: () => process.pid,
      processTree: [process.pid],
      resultPath,
      target: 'pdf',
      processor,
    }
    const watch = new Watchdog(watched, { ...LIMITS, ...changed }, error => passed.push(error))
    await until('a look', () => looks.length > 0)
    watch.stop()
    return { code: passed[0]?.code, postMortem: watch.postMortem()?.code, first: looks[0] }
  }

  it('finds nothing where nothing is passed, and counts from the first look on', async () => {
    assert.deepEqual(await look({}), { code: undefined, postMortem: undefined, first: 0 })
  })

  it('reports memory, and blames a death near the limit on it', async () => {
    const { rssBytes = 0 } = usageOf([process.pid]) ?? {}
    assert.equal((await look({ memoryBytes: rssBytes / 2 })).code, 'out_of_memory')
    assert.equal((await look({ memoryBytes: rssBytes * 1.1 })).postMortem, 'out_of_memory')
    assert.equal((await look({ memoryBytes: rssBytes * 10 })).postMortem, undefined)
  })

  it('adds what programs used that worked before', async () => {
    assert.equal((await look({ cpuMs: 5000 }, { uses: 6000 })).code, 'cpu_limit')
    assert.equal((await look({ cpuMs: 5000 }, { uses: 4000 })).code, undefined)
  })

  it('reports a result that grows too large, and blames a death on it', async () => {
    await writeFile(join(directory, 'result.pdf'), 'x'.repeat(100))
    const { code, postMortem } = await look({ resultBytes: 99 })
    assert.deepEqual([code, postMortem], ['result_too_large', 'result_too_large'])
  })
})
