import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { AppError } from '#lib/vocabulary/errors.ts'
import { partsOf } from '#test/documents/archive.ts'
import { linkedPdf } from '#test/documents/linked-pdf.ts'
import { pageCount } from '#test/pdf.ts'
import { objectsOf, pdfLinks, pdfOutline } from '#test/pdf-structure.ts'
import { openPdfEngine, type PdfEngine } from './pdf-engine.ts'

const FIVE = [{ fileName: 'five.pdf', bytes: linkedPdf({ title: 'Five', pages: 5, romanFrom: 1 }) }]

describe('a PDF that is split', () => {
  let engine: PdfEngine
  before(async () => {
    engine = await openPdfEngine()
  })
  after(() => engine.close())

  it('becomes a zip with a PDF for each range', async () => {
    const files = await partsOf(await engine.make(FIVE, { options: { split: '2-3, 5, 1-' } }))
    assert.deepEqual(Object.keys(files), ['01-pages-2-3.pdf', '02-page-5.pdf', '03-pages-1-5.pdf'])
    assert.deepEqual(
      await Promise.all(Object.values(files).map(file => pageCount(Buffer.from(file)))),
      [2, 1, 5],
    )
  })

  it('becomes one PDF for each page', async () => {
    const files = await partsOf(await engine.make(FIVE, { options: { split: 'each' } }))
    assert.deepEqual(Object.keys(files).slice(-1), ['05-page-5.pdf'])
    assert.equal(Object.keys(files).length, 5)
  })

  it('keeps the bookmarks, links, labels and fields that stay within a range', async () => {
    const first = await engine.make(FIVE, { options: { split: '1-2' } })
    assert.deepEqual(await pdfOutline(first), [['Five one', 1, [['Five two', 2]]]])
    assert.deepEqual(await pdfLinks(first), [[2], [null]])
    const second = await engine.make(FIVE, { options: { split: '2-5' } })
    assert.deepEqual(await pdfOutline(second), [['Five one', 1, [['Five two', 1]]]])
    assert.deepEqual(await pdfLinks(second), [[2], [3], [4], [null]])
    const { catalog, ...objects } = await read(second)
    assert.equal(catalog['/AcroForm'], undefined)
    assert.deepEqual(objects.labels[1], { '/S': '/r', '/St': 2 })
  })

  it('has nothing of the other pages', async () => {
    const last = await engine.make(FIVE, { options: { split: '5' } })
    const objects = await objectsOf(last)
    const kinds = [...objects.dicts()].filter(
      ({ dict }) => dict['/Type'] === '/Page' || dict['/FT'] !== undefined,
    )
    assert.equal(kinds.length, 1)
    assert.deepEqual(await pdfOutline(last), [])
  })

  it('is refused where a page does not exist', async () => {
    await assert.rejects(engine.make(FIVE, { options: { split: '1-3,4-6' } }), (error: AppError) => {
      assert.equal(error.code, 'no_such_page')
      assert.equal(error.toJobError().message, 'There is no page 6; the last one is 5.')
      return true
    })
  })

  async function read(pdf: Buffer) {
    const objects = await objectsOf(pdf)
    return {
      catalog: objects.catalog,
      labels: objects.list(objects.dict(objects.catalog['/PageLabels'])['/Nums']),
    }
  }
})

describe('a PDF of which some pages are chosen', () => {
  it('has them in the requested order, with the links between them', async t => {
    const engine = await openPdfEngine()
    t.after(() => engine.close())
    const pdf = await engine.make(FIVE, { options: { pages: '3-1' } })
    assert.deepEqual(await pdfLinks(pdf), [[null], [1], [2]])
  })
})
