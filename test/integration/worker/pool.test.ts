import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { Progress } from '#lib/vocabulary/job.ts'
import { deck } from '#test/documents/deck.ts'
import { longText } from '#test/documents/long.ts'
import { until } from '#test/until.ts'
import { isRunning } from '#worker/sandbox/process-tree.ts'
import { officeOf } from './office-of.ts'
import { endsWith, startedTestEngines } from './started-test-engines.ts'
import { convert, descendants, make, officesRunning, openTestEngine, type TestEngine } from './test-engine.ts'
import { watched } from './watched.ts'

const SLIDES = 40
const NEXT = { bytes: 'next\n', format: 'txt' }

const started = startedTestEngines()

describe('a pool of real engines', () => {
  let testEngine: TestEngine
  let long: Buffer
  before(async () => {
    long = await deck({ slides: SLIDES })
    testEngine = await openTestEngine('bwrap', { slots: 2 })
    await testEngine.engine.start()
  })
  after(() => testEngine.close())

  const moments: [string, (progress: Progress) => boolean][] = [
    ['has just begun', () => true],
    ['is loading', ({ phase, percent }) => phase === 'loading' && percent !== null && percent > 10],
    ['is exporting', ({ current }) => current === 7],
    ['is at its last slide', ({ current }) => current === SLIDES],
  ]
  for (const [moment, isNow] of moments)
    it(`an engine killed with -9 while it ${moment} fails its document at once, and the slot works on`, async () => {
      let killed = 0
      const running = watched(testEngine, { bytes: long, format: 'pptx' }, (progress, office) => {
        if (killed > 0 || !isNow(progress)) return
        process.kill(office, 'SIGKILL')
        killed = office
      })
      // Whatever else could end it, such as a limit, has another code.
      await assert.rejects(running, endsWith('engine_crashed', /stopped unexpectedly/))
      assert.ok(killed > 0)
      await Promise.all([convert(testEngine, NEXT), convert(testEngine, NEXT)])
    })

  it('an engine killed while nobody uses it is replaced before anybody notices', async () => {
    const offices = await until('three LibreOffices', async () => {
      const running = await officesRunning()
      return running.length === 3 && running
    })
    for (const office of offices) process.kill(office, 'SIGKILL')
    const fresh = await until('three others', async () => {
      const running = await officesRunning()
      return running.length === 3 && !offices.some(office => running.includes(office)) && running
    })
    assert.equal(fresh.length, 3)
    assert.equal((await convert(testEngine, NEXT)).pages, 1)
  })

  it('a cancelled conversion ends before it is done, and its slot serves the next', async () => {
    const cancel = new AbortController()
    const begun = Promise.withResolvers<void>()
    const settings = { target: 'pdf', signal: cancel.signal, onProgress: () => begun.resolve() }
    const running = make(testEngine, { bytes: longText(2000), format: 'fodt' }, settings)
    await begun.promise
    const before = descendants()
    cancel.abort('cancelled')
    await assert.rejects(running, reason => reason === 'cancelled')
    await Promise.all([convert(testEngine, NEXT), convert(testEngine, NEXT)])
    await until('the engine to be gone', () => !before.every(isRunning))
  })

  it('an attempt that is over before it begins costs no engine', async () => {
    // The one that has served longest comes first, so it serves again while it lives.
    const serving = async () => {
      let office = 0
      await watched(testEngine, NEXT, (_, pid) => {
        office = pid
      })
      return office
    }
    const before = await serving()
    await assert.rejects(convert(testEngine, NEXT, AbortSignal.abort('lost')), reason => reason === 'lost')
    assert.equal(await serving(), before)
  })
})

describe('recycling', () => {
  it('by documents fails no job and makes none wait for a start', async () => {
    const asked = performance.now()
    const testEngine = await started({ slots: 2, engineMaxDocs: 3 })
    const startMs = performance.now() - asked
    const offices = new Set<number>()
    const waits: number[] = []
    const one = async () => {
      const asked = performance.now()
      await testEngine.slots.use(async directory => {
        waits.push(performance.now() - asked)
        offices.add(await officeOf(directory))
        const sourcePath = join(directory, 'source.txt')
        await writeFile(sourcePath, NEXT.bytes)
        const signal = AbortSignal.timeout(30_000)
        await testEngine.engine.convert({
          sourcePath,
          format: 'txt',
          target: 'pdf',
          directory,
          signal,
          onProgress: () => {},
        })
      })
    }
    // Nobody waits for a start: on a busy machine it takes longer than many documents.
    const slot = async () => {
      for (let round = 0; round < 40 || offices.size <= 3; round++) await one()
    }
    await Promise.all([slot(), slot()])
    assert.ok(Math.max(...waits) < startMs, `waited ${Math.max(...waits)} ms, a start took ${startMs} ms`)
  })

  it('by memory replaces an engine that has grown', async () => {
    const testEngine = await started({ engineMaxRssBytes: 160e6 })
    const before = await until('two LibreOffices', async () => {
      const running = await officesRunning()
      return running.length === 2 && running
    })
    await convert(testEngine, { bytes: await deck({ slides: 20, pictures: 20 }), format: 'pptx' })
    await until('a fresh one', async () => {
      const running = await officesRunning()
      return running.length === 2 && running.some(office => !before.includes(office))
    })
  })

  it('with ENGINE_REUSE=never lets no LibreOffice see two documents', async () => {
    const testEngine = await started({ engineReuse: 'never' })
    const offices: number[] = []
    for (let round = 0; round < 4; round++)
      await watched(testEngine, NEXT, ({ phase }, office) => phase === 'loading' && offices.push(office))
    assert.equal(new Set(offices).size, 4)
  })
})
