import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { AppError } from '#lib/vocabulary/errors.ts'
import { linkedPdf } from '#test/documents/linked-pdf.ts'
import { pdfOf, smallPdf } from '#test/documents/small-pdf.ts'
import { pageCount, pageSizes, pdfFacts } from '#test/pdf.ts'
import { objectsOf, pdfLinks, pdfOutline } from '#test/pdf-structure.ts'
import { openPdfEngine, type PdfEngine } from './pdf-engine.ts'

const TWO = [
  { fileName: 'Übung.pdf', bytes: linkedPdf({ title: 'A' }) },
  { fileName: 'second.pdf', bytes: linkedPdf({ title: 'B', pages: 2, romanFrom: 4 }) },
]

describe('PDFs that are merged', () => {
  let engine: PdfEngine
  before(async () => {
    engine = await openPdfEngine()
  })
  after(() => engine.close())

  it('have a bookmark for each part, with its own bookmarks below', async () => {
    const pdf = await engine.make(TWO)
    assert.equal(await pageCount(pdf), 5)
    assert.deepEqual(await pdfOutline(pdf), [
      ['Übung', 1, [['A one', 1, [['A two', 2]]]]],
      ['second', 4, [['B one', 4, [['B two', 5]]]]],
    ])
  })

  it('keep the links of each part, though both have the same names', async () => {
    assert.deepEqual(await pdfLinks(await engine.make(TWO)), [[2], [3], [1], [5], [4]])
  })

  it('keep their sizes, labels, attached files and form fields, each under a name of its own', async () => {
    const pdf = await engine.make(TWO)
    const objects = await objectsOf(pdf)
    const { catalog } = objects
    assert.deepEqual(await pageSizes(pdf), Array(5).fill([90, 90]))
    assert.deepEqual(objects.list(objects.dict(catalog['/PageLabels'])['/Nums']), [
      ...[0, { '/S': '/D', '/St': 1 }],
      ...[3, { '/S': '/r', '/St': 4 }],
    ])
    const fields = objects
      .list(objects.dict(catalog['/AcroForm'])['/Fields'])
      .map(field => objects.dict(field))
    assert.deepEqual(
      fields.map(field => [field['/T'], field['/V'], field['/DA']]),
      [
        ['u:name', 'u:A', 'u:/Helv 9 Tf'],
        ['u:name_2', 'u:B', 'u:/Helv 9 Tf'],
      ],
    )
    const names = objects.dict(catalog['/Names'])
    const listed = (name: string) => objects.list(objects.dict(names[name])['/Names'])
    assert.equal(listed('/EmbeddedFiles').length / 2, 2)
    assert.deepEqual(
      listed('/Dests').filter(value => typeof value === 'string'),
      ['u:old', 'u:p1', 'u:p2', 'u:p3'],
    )
    assert.equal(catalog['/Lang'], 'u:en')
    assert.equal((await pdfFacts(pdf)).Title, 'whole')
  })

  it('report one percentage that only grows', async () => {
    const seen: (number | null)[] = []
    await engine.make([...TWO, ...TWO], { onProgress: ({ percent }) => seen.push(percent) })
    assert.deepEqual(
      seen,
      seen.toSorted((a, b) => (a ?? 0) - (b ?? 0)),
    )
    assert.ok(seen.every(percent => percent !== null && percent < 100))
    assert.ok(new Set(seen).size > 4)
  })

  const refusedAs = (code: string, sentence: RegExp) => (error: AppError) => {
    assert.equal(error.code, code, error.message)
    assert.match(error.toJobError().message, sentence)
    return true
  }

  it('are refused by the name of the part that is at fault', async () => {
    const [good] = TWO
    assert.ok(good)
    const withBad = (bytes: string | Buffer) => engine.make([good, { fileName: 'bad.pdf', bytes }])
    await assert.rejects(withBad('%PDF-1.4 and nothing'), refusedAs('corrupt_file', /^“bad.pdf”: .*damaged/))
    const empty = pdfOf(['<</Type/Catalog/Pages 2 0 R>>', '<</Type/Pages/Count 0/Kids[]>>'])
    await assert.rejects(withBad(empty), refusedAs('pdf_without_pages', /^“bad.pdf”: .*no pages/))
  })
})

describe('a PDF with odd insides', () => {
  let engine: PdfEngine
  before(async () => {
    engine = await openPdfEngine()
  })
  after(() => engine.close())

  it('is merged though its tree of pages, its bookmarks and its names go in circles', async () => {
    const circular = pdfOf([
      '<</Type/Catalog/Pages 2 0 R/Outlines 4 0 R/Names<</Dests 6 0 R>>>>',
      '<</Type/Pages/Count 1/MediaBox[0 0 9 9]/Kids[3 0 R 2 0 R]>>',
      '<</Type/Page/Parent 2 0 R>>',
      '<</First 5 0 R/Last 5 0 R>>',
      '<</Title(round)/Parent 4 0 R/Next 5 0 R/First 5 0 R/Dest[3 0 R/Fit]>>',
      '<</Kids[6 0 R]>>',
    ])
    const pdf = await engine.make([
      { fileName: 'circular.pdf', bytes: circular },
      { fileName: 'small.pdf', bytes: smallPdf(2) },
    ])
    assert.deepEqual(await pdfOutline(pdf), [
      ['circular', 1, [['round', 1]]],
      ['small', 2],
    ])
  })
})
