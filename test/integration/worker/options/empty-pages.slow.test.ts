import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import PptxGenJS from 'pptxgenjs'
import writeExcelFile from 'write-excel-file/node'
import { flat } from '#test/documents/flat.ts'
import { sheet } from '#test/documents/sheet.ts'
import { pageCount, pageText } from '#test/pdf.ts'
import {
  collectNotes,
  make,
  openTestEngine,
  type TestEngine,
  type TestSettings,
  type TestSource,
} from '../test-engine.ts'
import { startSoffice } from '../uno/soffice.ts'

/** Words at its beginning and its end, and between them pages of cells that are coloured alone. */
async function banded(): Promise<Buffer> {
  const rows = Array.from({ length: 300 }, (_, row) => [
    row === 0 || row === 299
      ? { value: `row ${row + 1}` }
      : { backgroundColor: '#ffff00', borderStyle: 'thin' },
  ])
  return writeExcelFile(rows as never).toBuffer()
}

/** What LibreOffice writes from a source with these filters, by their formats. */
async function writtenAs(
  filters: Readonly<Record<string, string>>,
  { bytes, format }: TestSource,
): Promise<TestSource[]> {
  const { office, directory, stop } = await startSoffice()
  try {
    const path = join(directory, `from.${format}`)
    await writeFile(path, bytes)
    const document = await office.load(path)
    const sources: TestSource[] = []
    for (const [format, filter] of Object.entries(filters)) {
      await document?.store(`${path}.${format}`, filter)
      sources.push({ bytes: await readFile(`${path}.${format}`), format })
    }
    return sources
  } finally {
    await stop()
  }
}

describe('pages that say nothing', () => {
  let testEngine: TestEngine
  before(async () => {
    testEngine = await openTestEngine('bwrap')
    await testEngine.engine.start()
  })
  after(() => testEngine.close())

  async function printed(source: TestSource, options?: TestSettings['options'], target = 'pdf') {
    const { notes, onNote } = collectNotes()
    const { bytes, pages } = await make(testEngine, source, { target, options, onNote })
    assert.equal(pages, await pageCount(bytes))
    const words = (await pageText(bytes)).replace(/\s+/g, ' ').trim()
    return { pages: pages ?? 0, words, notes }
  }

  it('are counted, and left out where that is asked for: xlsx, ods', async () => {
    const xlsx = { bytes: await banded(), format: 'xlsx' }
    const ods = { bytes: (await make(testEngine, xlsx, { target: 'ods' })).bytes, format: 'ods' }
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

  const TEXTS = { odt: 'writer8', docx: 'MS Word 2007 XML', doc: 'MS Word 97', rtf: 'Rich Text Format' }

  it('are notes pages of slides without notes, in each format and in every order: odp, pptx, ppt', async () => {
    const deck = new PptxGenJS()
    for (const notes of ['one', '', '', 'four']) {
      const slide = deck.addSlide().addText(`slide ${notes || 'bare'}`, { x: 1, y: 1, w: 5, h: 1 })
      if (notes) slide.addNotes(`notes of ${notes}`)
    }
    const pptx = { bytes: (await deck.write({ outputType: 'nodebuffer' })) as Buffer, format: 'pptx' }
    const others = await writtenAs({ odp: 'impress8', ppt: 'MS PowerPoint 97' }, pptx)
    for (const source of [pptx, ...others]) {
      const all = await printed(source, { notes: 'added' })
      assert.deepEqual([all.pages, all.notes], [8, [['empty_pages', 2]]], source.format)
      const some = await printed(source, { notes: 'added', emptyPages: false })
      assert.deepEqual([some.pages, some.notes], [6, [['empty_pages_left_out', 2]]])
      assert.match(some.words, /notes of one.*notes of four/)
      const turned = await printed(source, { notes: 'added', emptyPages: false, pages: '4,2' })
      assert.deepEqual([turned.pages, turned.notes], [3, [['empty_pages_left_out', 1]]])
      assert.match(turned.words, /slide four.*slide bare.*notes of four/)
      assert.equal((await printed(source, { notes: 'only', emptyPages: false })).pages, 2)
      assert.deepEqual((await printed(source)).notes, [])
    }
  })

  it('are slides with nothing but a background: pptx, odp', async () => {
    const deck = new PptxGenJS()
    deck.addSlide().addText('words', { x: 1, y: 1, w: 3, h: 1 })
    deck.addSlide().background = { color: 'FFCC00' }
    deck.addSlide().addShape('rect', { x: 1, y: 1, w: 3, h: 1, fill: { color: '0000FF' } })
    const pptx = { bytes: (await deck.write({ outputType: 'nodebuffer' })) as Buffer, format: 'pptx' }
    const odp = { bytes: (await make(testEngine, pptx, { target: 'odp' })).bytes, format: 'odp' }
    for (const source of [pptx, odp]) {
      assert.deepEqual((await printed(source)).notes, [['empty_pages', 1]], source.format)
      assert.equal((await printed(source, { emptyPages: false })).pages, 2)
    }
  })

  it('are pages of a text with nothing on them: odt, docx, doc, rtf', async () => {
    const styles =
      '<style:style style:name="next" style:family="paragraph"><style:paragraph-properties fo:break-before="page"/></style:style>'
    const next = (words: string) => `<text:p text:style-name="next">${words}</text:p>`
    const text = flat('text', `<text:p>first</text:p>${next('')}${next('last')}`, { styles })
    for (const source of await writtenAs(TEXTS, { bytes: text, format: 'fodt' })) {
      assert.deepEqual((await printed(source)).notes, [['empty_pages', 1]], source.format)
      assert.deepEqual(await printed(source, { emptyPages: false }), {
        pages: 2,
        words: 'first last',
        notes: [['empty_pages_left_out', 1]],
      })
    }
  })
})
