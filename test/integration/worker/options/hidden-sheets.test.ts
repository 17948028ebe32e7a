import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { archive, partsOf } from '#test/documents/archive.ts'
import { workbook } from '#test/documents/sheet.ts'
import { pageText } from '#test/pdf.ts'
import { collectNotes, make, openTestEngine, type TestEngine } from '../test-engine.ts'

const NAMES = ['Shown', 'Hidden', 'Veiled']

/** Three sheets, of which two are hidden, both with or without a print area. */
async function withHiddenSheets(hasAreas: boolean): Promise<Buffer> {
  const parts = await partsOf(await workbook(NAMES, { columns: 1 }))
  const areas = [1, 2].map(
    sheet =>
      `<definedName name="_xlnm.Print_Area" localSheetId="${sheet}">${NAMES[sheet]}!$A$1:$B$2</definedName>`,
  )
  const xml = String(parts['xl/workbook.xml'])
    .replace('name="Hidden"', 'name="Hidden" state="hidden"')
    .replace('name="Veiled"', 'name="Veiled" state="veryHidden"')
    .replace('</sheets>', `</sheets>${hasAreas ? `<definedNames>${areas.join('')}</definedNames>` : ''}`)
  return archive({ ...parts, 'xl/workbook.xml': xml })
}

describe('hidden sheets', () => {
  let testEngine: TestEngine
  before(async () => {
    testEngine = await openTestEngine('bwrap')
    await testEngine.engine.start()
  })
  after(() => testEngine.close())

  async function printed(bytes: Buffer, format: string, options?: Record<string, unknown>) {
    const { notes, onNote } = collectNotes()
    const made = await make(testEngine, { bytes, format }, { target: 'pdf', options, onNote })
    const words = (await pageText(made.bytes)).split(/\s+/)
    return { shown: NAMES.filter(name => words.includes(name)), notes }
  }

  for (const hasAreas of [false, true])
    for (const format of ['xlsx', 'ods'])
      it(`are left out and counted, or printed when that is asked for: ${format} with${hasAreas ? '' : 'out'} print areas`, async () => {
        const xlsx = await withHiddenSheets(hasAreas)
        const bytes =
          format === 'xlsx'
            ? xlsx
            : (await make(testEngine, { bytes: xlsx, format: 'xlsx' }, { target: 'ods' })).bytes
        assert.deepEqual(await printed(bytes, format), {
          shown: ['Shown'],
          notes: [['hidden_sheets_left_out', 2]],
        })
        assert.deepEqual(await printed(bytes, format, { hiddenSheets: true }), { shown: NAMES, notes: [] })
      })

  it('are left out, too, where each sheet has one page', async () => {
    for (const hasAreas of [false, true]) {
      const bytes = await withHiddenSheets(hasAreas)
      assert.deepEqual(await printed(bytes, 'xlsx', { onePagePerSheet: true }), {
        shown: ['Shown'],
        notes: [['hidden_sheets_left_out', 2]],
      })
      const all = await printed(bytes, 'xlsx', { onePagePerSheet: true, hiddenSheets: true })
      assert.deepEqual(all, { shown: NAMES, notes: [] })
    }
  })
})
