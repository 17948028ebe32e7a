import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sourceOfBuffer } from '#lib/scan/source.ts'
import { scan } from '#lib/scan.ts'
import { flat } from '#test/documents/flat.ts'
import { pageText } from '#test/pdf.ts'
import { saved } from './shown.ts'
import { make, openTestEngine, type TestEngine } from './test-engine.ts'

const INFO =
  '<office:change-info><dc:creator>A</dc:creator><dc:date>2026-01-02T03:04:05</dc:date></office:change-info>'
const changed = (column: number, before: string, state = '') =>
  `<table:cell-content-change table:id="ct${column + 1}"${state}><table:cell-address table:column="${column}" table:row="0" table:table="0"/>${INFO}<table:previous><table:change-track-table-cell office:value-type="string"><text:p>${before}</text:p></table:change-track-table-cell></table:previous></table:cell-content-change>`
const CHANGES = [
  changed(0, 'older'),
  changed(1, 'oldest'),
  `<table:insertion table:id="ct4" table:type="row" table:position="1" table:table="0">${INFO}</table:insertion>`,
  changed(2, 'settled', ' table:acceptance-state="accepted"'),
]
const cells = ['newer', 'newest', 'agreed'].map(
  word => `<table:table-cell office:value-type="string"><text:p>${word}</text:p></table:table-cell>`,
)
const WORKBOOK = flat(
  'spreadsheet',
  `<table:tracked-changes>${CHANGES.join('')}</table:tracked-changes><table:table table:name="One"><table:table-row>${cells.join('')}</table:table-row><table:table-row><table:table-cell office:value-type="string"><text:p>inserted</text:p></table:table-cell></table:table-row></table:table>`,
)

const FILTERS = { ods: 'calc8', xlsx: 'Calc MS Excel 2007 XML', xls: 'MS Excel 97' }

describe('tracked changes of a workbook', () => {
  let testEngine: TestEngine
  let files: Map<string, Buffer>
  before(async () => {
    files = await saved({ bytes: WORKBOOK, format: 'fods' }, FILTERS)
    testEngine = await openTestEngine('bwrap')
    await testEngine.engine.start()
  })
  after(() => testEngine.close())

  for (const format of Object.keys(FILTERS))
    it(`are printed as they were made, and those that nobody settled are counted: ${format}`, async () => {
      const bytes = files.get(format) ?? Buffer.alloc(0)
      const { flags } = await scan(sourceOfBuffer(bytes), `a.${format}`)
      assert.deepEqual(
        (flags.notes ?? []).map(({ code, count }) => [code, count]),
        [['cell_changes_shown', 3]],
      )
      const text = await pageText((await make(testEngine, { bytes, format }, { target: 'pdf' })).bytes)
      assert.match(text, /newer\s+newest\s+agreed\s+inserted/)
      assert.doesNotMatch(text, /old|settled/)
    })

  it('count none in a workbook without any', async () => {
    const { flags } = await scan(sourceOfBuffer(Buffer.from(flat('spreadsheet', ''))), 'a.fods')
    assert.equal(flags.notes, undefined)
  })
})
