import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, describe, it } from 'node:test'
import { flat } from '#test/documents/flat.ts'
import { linkedDeck } from '#test/documents/linked-deck.ts'
import { until } from '#test/until.ts'
import { isRunning } from '#worker/sandbox/process-tree.ts'
import { allIdle, convertShared, type SharedResult, type SharingEvents, seen } from './sharing-test-engine.ts'
import { make, openTestEngine, type TestEngine, type TestSource } from './test-engine.ts'

const SLIDES = 9
const PAGES = Array.from(
  { length: SLIDES },
  (_, page) =>
    `<draw:page draw:name="p${page}"><draw:frame svg:width="8cm" svg:height="2cm" svg:x="2cm" svg:y="${page}cm"><draw:text-box><text:p>Page ${page}</text:p></draw:text-box></draw:frame></draw:page>`,
).join('')

describe('a shared export', () => {
  let testEngine: TestEngine
  let deck: TestSource
  let whole: SharedResult
  before(async () => {
    testEngine = await openTestEngine('bwrap', { slots: 2, splitDocuments: false, stallLimitMs: 300_000 })
    await testEngine.engine.start()
    deck = { bytes: await linkedDeck({ slides: SLIDES, hidden: [3, 7] }), format: 'pptx' }
    whole = await convertShared(testEngine, deck)
  })
  after(() => testEngine.close())

  async function shared(source: TestSource, events: SharingEvents): Promise<SharedResult> {
    await allIdle(testEngine)
    return convertShared(testEngine, source, events)
  }

  it('has the pages, texts, links, bookmarks and notes of one export, and hardly more bytes', async () => {
    const result = await shared(deck, {})
    assert.ok(result.isJoined)
    assert.deepEqual(await seen(result), await seen(whole))
    assert.ok(result.pdf.length < 1.2 * whole.pdf.length, `${result.pdf.length} of ${whole.pdf.length} bytes`)
  })

  it('is one bar of all slides, which never goes back', async () => {
    const { told } = await shared(deck, {})
    const counted = told.filter(({ current }) => current !== null)
    const currents = counted.map(({ current }) => Number(current))
    assert.deepEqual(
      currents,
      currents.toSorted((a, b) => a - b),
    )
    assert.equal(currents.at(-1), SLIDES)
    assert.ok(counted.every(({ total, unit }) => total === SLIDES && unit === 'slide'))
    const percents = told.map(({ percent }) => percent ?? 0)
    assert.deepEqual(
      percents,
      percents.toSorted((a, b) => a - b),
    )
  })

  it('is right when its lent engine is killed while it draws', async () => {
    const result = await shared(deck, { onShared: ({ lent }) => process.kill(lent, 'SIGKILL') })
    assert.deepEqual(await seen(result), await seen(whole))
  })

  it('is right when the lent engine is killed after the other one has passed its pages', async () => {
    const result = await shared(deck, {
      onShared: ({ lent }) => process.kill(lent, 'SIGSTOP'),
      onOwnDone: ({ lent }) => isRunning(lent) && process.kill(lent, 'SIGKILL'),
    })
    assert.ok(result.isJoined)
    assert.deepEqual(await seen(result), await seen(whole))
  })

  it('gives its place to another job, and is right', async () => {
    let other: Promise<unknown> | undefined
    const result = await shared(deck, {
      onShared: ({ lent }) => {
        other = testEngine.slots.use(async () => {
          await until('the lent engine stands still', () => isStopped(lent))
          await until('the lent engine has ended', () => !isRunning(lent))
        })
      },
    })
    await other
    assert.deepEqual(await seen(result), await seen(whole))
  })

  it('ends with both engines when it is cancelled', async () => {
    const cancel = new AbortController()
    const pids: number[] = []
    const converting = shared(deck, {
      signal: cancel.signal,
      onShared: ({ own, lent }) => {
        pids.push(own, lent)
        cancel.abort('cancelled')
      },
    })
    await assert.rejects(converting, reason => reason === 'cancelled')
    assert.deepEqual(pids.map(isRunning), [false, false])
  })

  it('has the pages of one export of an OpenDocument presentation, and of a drawing', async () => {
    const presentation = { bytes: (await make(testEngine, deck, { target: 'odp' })).bytes, format: 'odp' }
    const drawing = { bytes: flat('drawing', PAGES), format: 'fodg' }
    for (const source of [presentation, drawing]) {
      const [result, alone] = [await shared(source, {}), await convertShared(testEngine, source)]
      assert.ok(result.isJoined)
      assert.deepEqual(await seen(result), await seen(alone), source.format)
    }
  })
})

/** Whether a signal has stopped a process. */
async function isStopped(pid: number): Promise<boolean> {
  return /^State:\tT/m.test(await readFile(`/proc/${pid}/status`, 'utf8'))
}
