import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { flat } from '#test/documents/flat.ts'
import { pageText } from '#test/pdf.ts'
import { saved } from './shown.ts'
import { collectNotes, make, openTestEngine, type TestEngine } from './test-engine.ts'

const FILTERS = { xlsx: 'Calc MS Excel 2007 XML', xls: 'MS Excel 97', ods: 'calc8' }
const number = (value: number) => `<table:table-cell office:value-type="float" office:value="${value}"/>`
const words = (text: string) =>
  `<table:table-cell office:value-type="string"><text:p>${text}</text:p></table:table-cell>`
const row = (...cells: string[]) => `<table:table-row>${cells.join('')}</table:table-row>`
const DATE = '<table:table-cell office:value-type="date" office:date-value="2020-01-01"/>'

/** Rows in columns that are wide enough for a short number. */
const workbook = (...rows: string[]) =>
  flat(
    'spreadsheet',
    `<table:table table:name="One"><table:table-column table:style-name="narrow" table:number-columns-repeated="3"/>${rows.join('')}</table:table>`,
    {
      styles: `<style:style style:name="narrow" style:family="table-column"><style:table-column-properties style:column-width="9mm"/></style:style>`,
    },
  )

describe('a number that is wider than its column', () => {
  let testEngine: TestEngine
  let files: Map<string, Buffer>
  before(async () => {
    testEngine = await openTestEngine('bwrap')
    await testEngine.engine.start()
    const wide = workbook(row(number(1_234_567.25), number(11), number(111)), row(DATE, words('###')))
    files = await saved({ bytes: wide, format: 'fods' }, FILTERS)
  })
  after(() => testEngine.close())

  async function toldOf(bytes: Buffer | string, format: string, target = 'pdf') {
    const { notes, onNote } = collectNotes()
    const made = await make(testEngine, { bytes, format }, { target, onNote })
    return { notes, made }
  }

  for (const format of Object.keys(FILTERS))
    it(`is told where ### stands for it, and words that say so are not: ${format}`, async () => {
      const { notes, made } = await toldOf(files.get(format) ?? '', format)
      assert.deepEqual(notes, [['numbers_too_wide', 2]])
      assert.match(await pageText(made.bytes), /###\s+11\s+111\s+###\s+###/)
    })

  it('is told of a PDF/A and of pictures as well, and not of a workbook to go on with', async () => {
    const bytes = files.get('ods') ?? ''
    for (const target of ['pdfa-2b', 'pdfua', 'png'])
      assert.deepEqual(
        (await toldOf(bytes, 'ods', target)).notes.find(([code]) => code.startsWith('num')),
        ['numbers_too_wide', 2],
      )
    assert.deepEqual((await toldOf(bytes, 'ods', 'xlsx')).notes, [])
  })

  it('is not told where each has room, nor where words alone say so', async () => {
    const { notes } = await toldOf(workbook(row(number(11), words('###'), words('### and more'))), 'fods')
    assert.deepEqual(notes, [])
  })
})
