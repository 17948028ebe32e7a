import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { deck } from '#test/documents/deck.ts'
import { longText } from '#test/documents/long.ts'
import { usageOf } from '#worker/sandbox/usage.ts'
import { endsWith, startedTestEngines } from './started-test-engines.ts'
import { convert, type TestEngine, type TestSource } from './test-engine.ts'
import { frozen, watched } from './watched.ts'

const SLIDES = 40
const NEXT = { bytes: 'next\n', format: 'txt' }

/** Converts small documents in another slot until `done`, and gives how many; one that fails fails this. */
async function neighbour(testEngine: TestEngine, done: Promise<unknown>): Promise<number> {
  let isDone = false
  done.catch(() => {}).finally(() => (isDone = true))
  let converted = 0
  while (!isDone) {
    assert.equal((await convert(testEngine, NEXT)).pages, 1)
    converted++
  }
  return converted
}

/** The most memory of the LibreOffice at work, in bytes: a spare one that is starting beside it has hardly any. */
async function memoryOf(testEngine: TestEngine, source: TestSource): Promise<number> {
  let most = 0
  await watched(testEngine, source, (_, office) => {
    most = Math.max(most, usageOf([office])?.rssBytes ?? 0)
  })
  assert.ok(most > 0, 'its memory was seen')
  return most
}

const text = (pages: number): TestSource => ({ bytes: longText(pages), format: 'fodt' })

const started = startedTestEngines()

describe('the limits of a conversion', () => {
  let slides: TestSource
  before(async () => {
    slides = { bytes: await deck({ slides: SLIDES }), format: 'pptx' }
  })

  it('stop a LibreOffice that hangs, say at which slide, and leave the neighbour alone', async () => {
    const testEngine = await started({ slots: 2, stallLimitMs: 2000 })
    const hanging = frozen(testEngine, slides, ({ current }) => current === 7)
    const [converted] = await Promise.all([
      neighbour(testEngine, hanging),
      assert.rejects(hanging, endsWith('stalled', /^Stopped: no progress for 2 s at slide \d+\.$/)),
    ])
    assert.ok(converted >= 1, `the neighbour converted ${converted}`)
  })

  for (const engine of ['warm', 'spawn'] as const)
    it(`let work go on that is not silent, for longer than silence may last (${engine})`, async () => {
      const testEngine = await started({ engine, stallLimitMs: 1000 })
      const began = performance.now()
      assert.equal((await convert(testEngine, text(2000))).pages, 2000)
      assert.ok(performance.now() - began > 1000)
    })

  it('stop a document that takes more memory than one may, and leave the neighbour alone', async () => {
    const limit = (await memoryOf(await started({}), NEXT)) + 50e6
    const testEngine = await started({ slots: 2, memoryLimitBytes: limit })
    const large = { bytes: await deck({ slides: 60, pictures: 60 }), format: 'pptx' }
    // It keeps what it took until somebody has looked.
    const growing = frozen(testEngine, large, ({ current }) => current === 60)
    const [converted] = await Promise.all([
      neighbour(testEngine, growing),
      assert.rejects(
        growing,
        endsWith('out_of_memory', new RegExp(`more than ${Math.round(limit / 1e6)} MB`)),
      ),
    ])
    assert.ok(converted >= 1)
    assert.equal((await convert(testEngine, NEXT)).pages, 1)
  })

  it('stop by the clock what no other limit sees', async () => {
    const testEngine = await started({ timeLimitMs: 1000 })
    await assert.rejects(frozen(testEngine, slides), endsWith('time_limit', /longer than 1 s/))
    assert.equal((await convert(testEngine, NEXT)).pages, 1)
  })

  it('stop a document that works on and on by its use of the processor', async () => {
    const testEngine = await started({ cpuLimitMs: 1000 })
    await assert.rejects(
      convert(testEngine, text(3000)),
      endsWith('cpu_limit', /more than 1 s of processor time/),
    )
    assert.equal((await convert(testEngine, NEXT)).pages, 1)
  })

  it('count no processor time of an earlier document', async () => {
    const testEngine = await started({ cpuLimitMs: 2500 })
    const spent = new Map<number, number>()
    while (Math.max(0, ...spent.values()) < 3000)
      await watched(testEngine, text(300), (_, office) => {
        spent.set(office, usageOf([office])?.cpuMs ?? 0)
      })
    assert.equal((await convert(testEngine, text(300))).pages, 300)
  })

  for (const engine of ['warm', 'spawn'] as const)
    it(`refuse a result that is too large (${engine})`, async () => {
      const testEngine = await started({ engine, resultLimitBytes: 15_000 })
      const source = { bytes: await deck({ slides: 50 }), format: 'pptx' }
      await assert.rejects(
        convert(testEngine, source),
        endsWith('result_too_large', /the PDF is larger than/),
      )
      assert.equal((await convert(testEngine, NEXT)).pages, 1)
    })
})
