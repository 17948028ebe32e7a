import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import writeExcelFile from 'write-excel-file/node'
import { archive, partsOf } from '#test/documents/archive.ts'
import { flat } from '#test/documents/flat.ts'
import { workbook } from '#test/documents/sheet.ts'
import { pageCount, pageSizes, pageText, pdfObjects } from '#test/pdf.ts'
import { collectNotes, make, openTestEngine, type TestEngine, type TestSource } from '../test-engine.ts'
import { startSoffice } from '../uno/soffice.ts'

const PDF_LIMIT = 14_400
const SHEET = 'xl/worksheets/sheet1.xml'
const RELATIONS = 'http://schemas.openxmlformats.org'

let bench: TestEngine
before(async () => {
  bench = await openTestEngine('bwrap')
  await bench.engine.start()
})
after(() => bench.close())

async function printed(source: TestSource, options: Record<string, unknown> = {}) {
  const { notes, onNote } = collectNotes()
  const settings = { target: 'pdf', options: { onePagePerSheet: true, ...options } }
  const { bytes, pages } = await make(bench, source, { ...settings, onNote })
  assert.equal(pages, await pageCount(bytes))
  const text = await pageText(bytes)
  return { bytes, text, words: text.split(/\s+/).filter(Boolean), sizes: await pageSizes(bytes), notes }
}

/** The first sheet of an Excel workbook, changed as text. */
async function changed(bytes: Buffer, change: (xml: string) => string): Promise<TestSource> {
  const parts = await partsOf(bytes)
  return { bytes: await archive({ ...parts, [SHEET]: change(String(parts[SHEET])) }), format: 'xlsx' }
}

/** What LibreOffice writes from it with these filters. */
async function writtenAs(
  filters: Record<string, string>,
  { bytes, format }: TestSource,
): Promise<TestSource[]> {
  const { office, directory, stop } = await startSoffice()
  try {
    const path = join(directory, `from.${format}`)
    await writeFile(path, bytes)
    const document = await office.load(path)
    const written = Object.entries(filters).map(async ([format, filter]) => {
      await document?.store(`${path}.${format}`, filter)
      return { bytes: await readFile(`${path}.${format}`), format }
    })
    return await Promise.all(written)
  } finally {
    await stop()
  }
}

const numbersIn = (text: string) => [...text.matchAll(/row (\d+)/g)].map(([, number]) => Number(number))
const counted = (count: number) => Array.from({ length: count }, (_, index) => index + 1)
const rowsOf = (count: number) => counted(count).map(number => [`row ${number}`])

const row = (cells: readonly string[], { more = '', count = 1 } = {}) =>
  `<table:table-row ${more} table:number-rows-repeated="${count}">${cells.map(word => `<table:table-cell office:value-type="string"><text:p>${word}</text:p></table:table-cell>`).join('')}</table:table-row>`
const table = (name: string, content: string, more = '') =>
  `<table:table table:name="${name}" table:style-name="shown" ${more}>${content}</table:table>`

/** One page style for all tables, of A4 with margins of 1 cm, that halves them, with a head of several lines. */
function workbookOf(tables: readonly string[]): TestSource {
  const lines = counted(6).map(number => `<text:p>Line ${number} of the head</text:p>`)
  const ends = ['header', 'footer'].map(
    end =>
      `<style:${end}-style><style:header-footer-properties svg:height="7mm" fo:min-height="7mm"/></style:${end}-style>`,
  )
  const bytes = flat('spreadsheet', tables.join(''), {
    styles: `<style:page-layout style:name="half"><style:page-layout-properties fo:page-width="210mm" fo:page-height="297mm" fo:margin="10mm" style:scale-to="50%"/>${ends.join('')}</style:page-layout><style:style style:name="shown" style:family="table" style:master-page-name="Own"><style:table-properties table:display="true"/></style:style><style:style style:name="broken" style:family="table-row"><style:table-row-properties fo:break-before="page"/></style:style>`,
    masters: `<style:master-page style:name="Own" style:page-layout-name="half"><style:header>${lines.join('')}</style:header><style:footer><text:p>Page <text:page-number>1</text:page-number></text:p></style:footer></style:master-page>`,
  })
  return { bytes, format: 'fods' }
}

describe('a page for each sheet', () => {
  it('holds all rows, whichever were on the screen last', async () => {
    const scrolled = await changed(await writeExcelFile(rowsOf(120)).toBuffer(), xml =>
      xml.replace(
        '<sheetData>',
        '<sheetViews><sheetView workbookViewId="0" topLeftCell="A61"/></sheetViews><sheetData>',
      ),
    )
    for (const source of [scrolled, ...(await writtenAs({ xls: 'MS Excel 97', ods: 'calc8' }, scrolled))]) {
      const { text, sizes } = await printed(source)
      assert.deepEqual(numbersIn(text), counted(120), source.format)
      assert.equal(sizes.length, 1)
    }
  })

  it('goes on on further ones of the same size where a PDF can have none that is so large, and says so', async () => {
    const columns = counted(330).map(number => `c${number}`)
    const bytes = await writeExcelFile([
      { sheet: 'High', data: rowsOf(1200) },
      { sheet: 'Wide', data: [columns] },
    ]).toBuffer()
    const { text, words, sizes, notes } = await printed({ bytes, format: 'xlsx' })
    assert.deepEqual(numbersIn(text), counted(1200))
    assert.deepEqual(
      columns.filter(column => !words.includes(column)),
      [],
    )
    assert.equal(sizes.length, 4)
    assert.deepEqual([sizes[1], sizes[3]], [sizes[0], sizes[2]])
    // No page is much emptier than the others.
    for (const size of sizes) assert.ok(Math.max(...size) < 0.6 * PDF_LIMIT, String(size))
    assert.deepEqual(notes, [['sheets_on_several_pages', 2]])
  })

  it('holds what reaches beyond the cells: text that flows over its neighbours, and shapes', async () => {
    const flowing = 'begins here and flows over many empty cells until it ends there'
    const shape = `<table:shapes><draw:frame svg:x="300mm" svg:y="4900mm" svg:width="40mm" svg:height="20mm"><draw:text-box><text:p>beyond</text:p></draw:text-box></draw:frame></table:shapes>`
    const { text, sizes } = await printed(
      workbookOf([table('Flowing', row([flowing])), table('Shapes', shape + row(['x']))]),
    )
    assert.ok(text.includes(flowing))
    assert.match(text, /beyond/)
    const [width = 0, height = 0] = sizes[1] ?? []
    assert.ok(width > (340 / 25.4) * 72 && height > (4920 / 25.4) * 72)
  })

  it('has its own size at full scale and its head, though all share a page style, whatever breaks and print areas are', async () => {
    const broken = row(['below'], { more: 'table:style-name="broken"' })
    const { bytes, words, sizes } = await printed(
      workbookOf([
        table('Small', row(['x'])),
        table('High', row(['y'], { count: 100 }) + broken, 'table:print-ranges="High.A1:High.A2"'),
        table('Wide', row(counted(20).map(number => `z${number}`))),
      ]),
    )
    assert.ok(words.includes('below') && words.includes('z20'))
    const [[a = 0, b = 0] = [], [c = 0, d = 0] = [], [e = 0, f = 0] = []] = sizes
    assert.equal(sizes.length, 3)
    // Where there is a head, a page is no smaller than the paper.
    assert.deepEqual([a, b, c, f].map(Math.round), [595, 842, 595, 842])
    // A column is 64 points wide and a row 12.8 points high; around them are margins, and head and foot.
    assert.ok(e > 20 * 64 && e < 20 * 64 + 70, `${e} wide`)
    assert.ok(d > 101 * 12.8 + 150 && d < 101 * 12.8 + 400, `${d} high`)
    for (const page of [1, 2, 3]) {
      const text = await pageText(bytes, page)
      assert.ok(text.includes('Line 6 of the head') && text.includes(`Page ${page}`), text)
    }
  })

  it('leaves out what is hidden and sheets that are empty', async () => {
    const hidden = row(['secret'], { more: 'table:visibility="collapse"' })
    const column = `<table:table-column/><table:table-column table:visibility="collapse"/>`
    const { words, sizes } = await printed(
      workbookOf([table('Empty', ''), table('Some', column + hidden + row(['shown', 'veiled']))]),
    )
    assert.deepEqual(
      [words.includes('shown'), words.includes('secret'), words.includes('veiled')],
      [true, false, false],
    )
    assert.equal(sizes.length, 1)
    const [[width] = []] = (await printed(workbookOf([table('Empty', '')]))).sizes
    assert.equal(Math.round(width ?? 0), 595)
  })

  it('keeps links: to the web, to files, and to other sheets', async () => {
    const bytes = await workbook(['One', 'Two', 'Three'], { columns: 1 })
    const parts = await partsOf(bytes)
    const cell = (name: number) =>
      `<row r="${name}"><c r="A${name}" t="inlineStr"><is><t>link</t></is></c></row>`
    const links = `<hyperlinks><hyperlink ref="A1" r:id="web"/><hyperlink ref="A2" r:id="file"/><hyperlink ref="A3" location="Three!A1"/></hyperlinks>`
    const target = (id: string, address: string) =>
      `<Relationship Id="${id}" Type="${RELATIONS}/officeDocument/2006/relationships/hyperlink" Target="${address}" TargetMode="External"/>`
    const linked = await archive({
      ...parts,
      [SHEET]: String(parts[SHEET]).replace(
        /<sheetData>.*<\/sheetData>/,
        `<sheetData>${cell(1)}${cell(2)}${cell(3)}</sheetData>${links}`,
      ),
      'xl/worksheets/_rels/sheet1.xml.rels': `<Relationships xmlns="${RELATIONS}/package/2006/relationships">${target('web', 'https://example.org/x')}${target('file', 'other%20book.xlsx')}</Relationships>`,
    })
    for (const onePagePerSheet of [true, false]) {
      const objects = await pdfObjects(
        (await printed({ bytes: linked, format: 'xlsx' }, { onePagePerSheet })).bytes,
      )
      const addresses = [...objects.matchAll(/\/URI \((.*?)\)/g)].map(([, address]) => address)
      assert.deepEqual(addresses, ['https://example.org/x', './other%20book.xlsx'])
      assert.equal(objects.match(/\/Subtype \/Link/g)?.length, 3)
    }
  })

  it('can be a picture, of a table in plain text too', async () => {
    const source = {
      bytes: `${counted(300)
        .map(number => `row ${number}`)
        .join('\n')}\n`,
      format: 'csv',
    }
    const settings = { target: 'png', options: { onePagePerSheet: true, resolution: 72 } }
    const { bytes, pages } = await make(bench, source, settings)
    assert.equal(pages, 1)
    assert.ok(bytes.readUInt32BE(20) > 300 * 12)
  })
})
