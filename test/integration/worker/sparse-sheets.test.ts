import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { AppError } from '#lib/vocabulary/errors.ts'
import { archive, partsOf } from '#test/documents/archive.ts'
import { workbook } from '#test/documents/sheet.ts'
import { make, openTestEngine, type TestEngine } from './test-engine.ts'

const SECOND = 'xl/worksheets/sheet2.xml'
const BOOK = 'xl/workbook.xml'

/** Two sheets, of which the second has one more cell, far from the others. */
async function withFarCell(place: string, { area = '', isHidden = false } = {}): Promise<Buffer> {
  const parts = await partsOf(await workbook(['Near', 'Far'], { columns: 2 }))
  const row = /\d+/.exec(place)?.[0]
  const name = `<definedName name="_xlnm.Print_Area" localSheetId="1">${area}</definedName>`
  return archive({
    ...parts,
    [SECOND]: String(parts[SECOND]).replace(
      '</sheetData>',
      `<row r="${row}"><c r="${place}"><v>5</v></c></row></sheetData>`,
    ),
    [BOOK]: String(parts[BOOK])
      .replace('name="Far"', `name="Far"${isHidden ? ' state="hidden"' : ''}`)
      .replace('</sheets>', `</sheets>${area && `<definedNames>${name}</definedNames>`}`),
  })
}

describe('a sheet that is nearly empty and very large', () => {
  let testEngine: TestEngine
  before(async () => {
    testEngine = await openTestEngine('bwrap')
    await testEngine.engine.start()
  })
  after(() => testEngine.close())

  const pagesOf = async (bytes: Buffer, options?: Record<string, unknown>) =>
    (await make(testEngine, { bytes, format: 'xlsx' }, { target: 'pdf', options })).pages

  it('is refused with the cell that makes it so, before it is divided into pages', async () => {
    const bytes = await withFarCell('XFD1048576')
    for (const target of ['pdf', 'png', 'txt'])
      await assert.rejects(make(testEngine, { bytes, format: 'xlsx' }, { target }), (error: AppError) => {
        assert.equal(error.code, 'sheet_too_sparse')
        return /“Far” reaches to the cell XFD1048576: .* [\d,]{10} pages/.test(error.toJobError().message)
      })
  })

  it('is printed as its print area says, or on pages of its own size', async () => {
    const cell = 'XFD20000'
    await assert.rejects(pagesOf(await withFarCell(cell)), { code: 'sheet_too_sparse' })
    assert.equal(await pagesOf(await withFarCell(cell, { area: 'Far!$A$1:$B$2' })), 2)
    assert.equal(await pagesOf(await withFarCell(cell), { onePagePerSheet: true }), 3)
  })

  it('does not count where it is hidden', async () => {
    const bytes = await withFarCell('XFD20000', { isHidden: true })
    assert.equal(await pagesOf(bytes), 1)
    await assert.rejects(pagesOf(bytes, { hiddenSheets: true }), { code: 'sheet_too_sparse' })
  })

  it('is not meant where it is long but narrow, or wide but low', async () => {
    for (const place of ['A1048576', 'SZ2']) assert.equal(await pagesOf(await withFarCell(place)), 3)
  })
})
