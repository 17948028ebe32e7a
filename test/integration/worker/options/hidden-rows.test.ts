import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { archive, partsOf } from '#test/documents/archive.ts'
import { flat } from '#test/documents/flat.ts'
import { saved, shown } from '../shown.ts'
import { openTestEngine, type TestEngine, type TestSource } from '../test-engine.ts'

const cell = (text: string) =>
  `<table:table-cell office:value-type="string"><text:p>${text}</text:p></table:table-cell>`
const row = (number: string, visibility = '') =>
  `<table:table-row${visibility && ` table:visibility="${visibility}"`}>${['A', 'B', 'C'].map(letter => cell(`${letter}${number}`)).join('')}</table:table-row>`
const columns = (visibility = '') =>
  `<table:table-column/><table:table-column${visibility && ` table:visibility="${visibility}"`}/><table:table-column/>`
const book = (content: string) =>
  flat('spreadsheet', `<table:table table:name="Sheet">${content}</table:table>`)

/** A column, a row, and a row that a filter hides; and an empty one, of which nobody need be told. */
const HIDDEN = book(
  `${columns('collapse')}${row('1')}${row('2', 'collapse')}${row('3')}${row('4', 'filter')}<table:table-row table:visibility="collapse"><table:table-cell/></table:table-row>${row('5')}`,
)
const SHOWN = ['A1,C1', 'A3,C3', 'A5,C5']
const ALL = [1, 2, 3, 4, 5].map(number => `A${number},B${number},C${number}`)

describe('hidden rows and columns', () => {
  let testEngine: TestEngine
  let sources: Map<string, Buffer | string>
  before(async () => {
    testEngine = await openTestEngine('bwrap')
    await testEngine.engine.start()
    const filters = { xlsx: 'Calc MS Excel 2007 XML', xls: 'MS Excel 97', ods: 'calc8' }
    sources = new Map<string, Buffer | string>([
      ['fods', HIDDEN],
      ...(await saved({ bytes: HIDDEN, format: 'fods' }, filters)),
    ])
  })
  after(() => testEngine.close())

  /** The cells of what was made of it, whatever the target. */
  const of = async (source: TestSource, target: string, options: Record<string, unknown> = {}) => {
    const { lines, notes } = await shown(testEngine, source, { target, options })
    const rows = lines
      .map(line => line.split(/[ ,]+/))
      .filter(words => words.every(word => /^[A-C]\d$/.test(word)))
    return { rows: rows.map(words => words.join(',')), notes }
  }

  for (const format of ['fods', 'ods', 'xlsx', 'xls'])
    it(`are left out and counted, or shown when that is asked for: ${format}`, async () => {
      const source = { bytes: sources.get(format) ?? '', format }
      for (const target of ['csv', 'pdf', 'txt']) {
        assert.deepEqual(
          await of(source, target),
          { rows: SHOWN, notes: [['hidden_rows_left_out', 3]] },
          target,
        )
        const all = await of(source, target, { hiddenRows: true })
        assert.deepEqual(all.notes, [], target)
        assert.deepEqual(
          all.rows.filter(row => row !== ''),
          ALL,
          target,
        )
      }
    })

  it('keep the values that were calculated with them', async () => {
    const values = [1, 2, 4].map(
      (value, index) =>
        `<table:table-row${index === 1 ? ' table:visibility="collapse"' : ''}><table:table-cell office:value-type="float" office:value="${value}"/></table:table-row>`,
    )
    const sum =
      '<table:table-row><table:table-cell xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2" table:formula="of:=SUM([.A1:.A3])" office:value-type="float" office:value="7"/></table:table-row>'
    const bytes = book(`<table:table-column/>${values.join('')}${sum}`)
    const { lines } = await shown(testEngine, { bytes, format: 'fods' }, { target: 'csv' })
    assert.deepEqual(lines, ['1', '4', '7'])
  })

  it('are shown on a sheet that is protected; of a workbook that is to be read only they are told', async () => {
    const parts = await partsOf(Buffer.from(sources.get('xlsx') ?? ''))
    const sheet = 'xl/worksheets/sheet1.xml'
    const guarded = String(parts[sheet]).replace(
      '</sheetData>',
      '</sheetData><sheetProtection sheet="1" password="CC1A"/>',
    )
    const options = { hiddenRows: true }
    const bytes = await archive({ ...parts, [sheet]: guarded })
    assert.deepEqual(await of({ bytes, format: 'xlsx' }, 'pdf', options), { rows: ALL, notes: [] })
    const book = String(parts['xl/workbook.xml']).replace(
      '<workbookPr',
      '<fileSharing readOnlyRecommended="1"/><workbookPr',
    )
    const readOnly = await archive({ ...parts, 'xl/workbook.xml': book })
    const { rows, notes } = await of({ bytes: readOnly, format: 'xlsx' }, 'pdf', options)
    assert.deepEqual({ rows, notes }, { rows: SHOWN, notes: [['hidden_rows_left_out', 3]] })
  })

  it('are found among very many', async () => {
    const rows = Array.from({ length: 5000 }, (_, index) =>
      row(String(index % 10), index % 2 ? 'collapse' : ''),
    )
    const source = { bytes: book(`${columns()}${rows.join('')}`), format: 'fods' }
    const { lines, notes } = await shown(testEngine, source, { target: 'csv' })
    assert.deepEqual([lines.length, notes], [2500, [['hidden_rows_left_out', 2500]]])
  })

  it('stay as they are in an office format', async () => {
    const source = { bytes: sources.get('xlsx') ?? '', format: 'xlsx' }
    const { bytes, notes } = await shown(testEngine, source, { target: 'ods' })
    assert.match(String((await partsOf(bytes))['content.xml']), /table:visibility="collapse"/)
    assert.deepEqual(notes, [])
  })
})
