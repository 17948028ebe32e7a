import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Progress } from '#lib/vocabulary/job.ts'
import { deck } from '#test/documents/deck.ts'
import { longText } from '#test/documents/long.ts'
import { until } from '#test/until.ts'
import { isRunning } from '#worker/sandbox/process-tree.ts'
import { endsWith } from './started-test-engines.ts'
import { convert, descendants, make, officesRunning, openTestEngine, type TestEngine } from './test-engine.ts'
import { watched } from './watched.ts'

const SLIDES = 40
const NEXT = { bytes: 'next\n', format: 'txt' }

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
