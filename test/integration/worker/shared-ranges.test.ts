import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { longWorkbook } from '#test/documents/long-workbook.ts'
import { pageText } from '#test/pdf.ts'
import { pdfLinks } from '#test/pdf-structure.ts'
import { isRunning } from '#worker/sandbox/process-tree.ts'
import { factsFromScan } from '#worker/scan-facts.ts'
import { allIdle, convertShared, type SharedResult, type SharingEvents, seen } from './sharing-test-engine.ts'
import { flagsOf, make, openTestEngine, type TestEngine } from './test-engine.ts'

describe('a shared export of a workbook', () => {
  let testEngine: TestEngine
  const book = {
    bytes: Buffer.from(longWorkbook({ sheets: 3, rows: 1300 })),
    format: 'fods',
    facts: { hasTiedPages: false },
  }
  let whole: SharedResult
  before(async () => {
    testEngine = await openTestEngine('bwrap', { slots: 2, splitDocuments: false, stallLimitMs: 300_000 })
    await testEngine.engine.start()
    whole = await convertShared(testEngine, book)
  })
  after(() => testEngine.close())

  async function shared(events: SharingEvents, isWorth?: () => boolean): Promise<SharedResult> {
    await allIdle(testEngine)
    return convertShared(testEngine, book, { ...events, ...(isWorth && { isWorth }) })
  }

  it('has the pages, numbers, links, bookmarks and notes of one export', async () => {
    const text = await pageText(whole.pdf)
    assert.match(text, new RegExp(`Page ${whole.pages} of ${whole.pages}\\s*$`))
    assert.deepEqual(
      whole.notes.map(([code]) => code),
      ['numbers_too_wide'],
    )
    const result = await shared({})
    assert.ok(result.isJoined)
    assert.deepEqual(await seen(result), await seen(whole))
  })

  it('is one bar of all pages, which never goes back, even when its lent engine is killed', async () => {
    const killed = { onShared: ({ lent }: { lent: number }) => process.kill(lent, 'SIGKILL') }
    for (const { told, pages } of [await shared({}), await shared(killed)]) {
      const counted = told.filter(({ current }) => current !== null)
      assert.ok(counted.every(({ total, unit }) => total === pages && unit === 'page'))
      assert.equal(counted.at(-1)?.current, pages)
      for (const numbers of [
        counted.map(({ current }) => Number(current)),
        told.map(({ percent }) => percent ?? 0),
      ])
        assert.deepEqual(
          numbers,
          numbers.toSorted((a, b) => a - b),
        )
    }
  })

  it('is right when its lent engine is killed while it exports', async () => {
    const result = await shared({ onShared: ({ lent }) => process.kill(lent, 'SIGKILL') })
    assert.ok(result.isJoined)
    assert.deepEqual(await seen(result), await seen(whole))
  })

  it('is exported whole when it is not worth it, with the same progress', async () => {
    const result = await shared({}, () => false)
    assert.equal(result.isJoined, false)
    assert.deepEqual(await seen(result), await seen(whole))
    const at = ({ told }: SharedResult) => told.map(({ current, percent }) => [current, percent])
    assert.deepEqual(at(result), at(whole))
  })

  it('ends with both engines when it is cancelled', async () => {
    const cancel = new AbortController()
    const pids: number[] = []
    const converting = shared({
      signal: cancel.signal,
      onShared: ({ own, lent }) => {
        pids.push(own, lent)
        cancel.abort('cancelled')
      },
    })
    await assert.rejects(converting, reason => reason === 'cancelled')
    assert.deepEqual(pids.map(isRunning), [false, false])
  })

  it('is not made of a workbook with links to its own cells, which lead on', async () => {
    const bytes = Buffer.from(longWorkbook({ sheets: 3, rows: 1300, hasInnerLinks: true }))
    const excel = (await make(testEngine, { bytes, format: 'fods' }, { target: 'xlsx' })).bytes
    for (const source of [
      { bytes, format: 'fods' },
      { bytes: excel, format: 'xlsx' },
    ]) {
      const facts = factsFromScan(source.format, (await flagsOf(source)) ?? null)
      assert.equal(facts.hasTiedPages, true)
      const { isJoined, pdf, pages } = await convertShared(testEngine, { ...source, facts }, {})
      assert.equal(isJoined, false)
      const [links = []] = await pdfLinks(pdf)
      assert.equal(links[0], 1 + (Number(pages) * 2) / 3)
    }
  })
})
