import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import writeExcelFile from 'write-excel-file/node'
import { sheet } from '#test/documents/sheet.ts'
import { pageCount, pageText } from '#test/pdf.ts'
import { type Bench, hearNotes, make, openBench, type Source, type Wished } from '../bench.ts'

/** Words at its beginning and its end, and between them pages of cells that are coloured alone. */
async function banded(): Promise<Buffer> {
  const rows = Array.from({ length: 300 }, (_, row) => [
    row === 0 || row === 299
      ? { value: `row ${row + 1}` }
      : { backgroundColor: '#ffff00', borderStyle: 'thin' },
  ])
  return writeExcelFile(rows as never).toBuffer()
}

describe('pages of sheets that say nothing', () => {
  let bench: Bench
  before(async () => {
    bench = await openBench('bwrap')
    await bench.engine.start()
  })
  after(() => bench.close())

  async function printed(source: Source, options?: Wished['options'], target = 'pdf') {
    const { notes, onNote } = hearNotes()
    const { bytes, pages } = await make(bench, source, { target, options, onNote })
    assert.equal(pages, await pageCount(bytes))
    const words = (await pageText(bytes)).replace(/\s+/g, ' ').trim()
    return { pages: pages ?? 0, words, notes }
  }

  it('are counted, and left out where that is wished: xlsx, ods', async () => {
    const xlsx = { bytes: await banded(), format: 'xlsx' }
    const ods = { bytes: (await make(bench, xlsx, { target: 'ods' })).bytes, format: 'ods' }
    for (const source of [xlsx, ods])
      for (const target of ['pdf', 'pdfa-2b']) {
        const all = await printed(source, {}, target)
        const empty = all.pages - 2
        assert.ok(empty > 2, `${source.format}: ${all.pages} pages`)
        assert.deepEqual(all.notes, [['empty_pages', empty]])
        assert.deepEqual(await printed(source, { emptyPages: false }, target), {
          pages: 2,
          words: 'row 1 row 300',
          notes: [['empty_pages_left_out', empty]],
        })
      }
  })

  it('are none where each page has words', async () => {
    const source = { bytes: await sheet({ rows: 150 }), format: 'xlsx' }
    const { notes, ...all } = await printed(source)
    assert.deepEqual(
      [notes, all],
      [[], await printed(source, { emptyPages: false }).then(({ notes: _, ...rest }) => rest)],
    )
  })
})
