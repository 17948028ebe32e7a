import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sourceOfBuffer } from '#lib/scan/source.ts'
import { scan } from '#lib/scan.ts'
import { type Note, note } from '#lib/vocabulary/notes.ts'
import { archive, partsOf } from '#test/documents/archive.ts'
import { flat } from '#test/documents/flat.ts'
import { make, openTestEngine, type TestEngine } from './test-engine.ts'

let bench: TestEngine
let stale: Record<string, string | Buffer>
before(async () => {
  bench = await openTestEngine('bwrap')
  await bench.engine.start()
  const cell = (attributes: string) => `<table:table-cell office:value-type="float" ${attributes}/>`
  const cells = `${cell('office:value="40"')}${cell('office:value="42" table:formula="of:=[.A1]+2"')}`
  const sheet = flat(
    'spreadsheet',
    `<table:table xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2" table:name="t"><table:table-row>${cells}</table:table-row></table:table>`,
  )
  const { bytes } = await make(bench, { bytes: sheet, format: 'fods' }, { target: 'xlsx' })
  stale = await partsOf(bytes)
  stale['xl/worksheets/sheet1.xml'] = String(stale['xl/worksheets/sheet1.xml']).replace(
    '<v>42</v>',
    '<v>0</v>',
  )
})
after(() => bench.close())

/** As a job goes: what the scan sees is handed to the engine. */
async function csvOf(
  parts: Record<string, string | Buffer>,
  onNote: (note: Note) => void = () => {},
): Promise<string> {
  const bytes = await archive(parts)
  const { flags } = await scan(sourceOfBuffer(bytes), 'totals.xlsx')
  const { recalculate } = flags
  return String(
    (await make(bench, { bytes, format: 'xlsx' }, { target: 'csv', recalculate, onNote })).bytes,
  ).trim()
}

describe('the values of a workbook', () => {
  it('are those that it carries', async () => {
    assert.equal(await csvOf(stale, note => assert.fail(note.code)), '40,0')
  })

  it('are calculated anew when it asks for that', async () => {
    const workbook = String(stale['xl/workbook.xml']).replace('<calcPr ', '<calcPr fullCalcOnLoad="1" ')
    const notes: Note[] = []
    const csv = await csvOf({ ...stale, 'xl/workbook.xml': workbook }, note => notes.push(note))
    assert.deepEqual([csv, notes], ['40,42', [note('recalculated')]])
  })

  it('are calculated where it carries none', async () => {
    const sheet = String(stale['xl/worksheets/sheet1.xml'])
    for (const none of ['', '<v></v>', '<v/>'])
      assert.equal(
        await csvOf({ ...stale, 'xl/worksheets/sheet1.xml': sheet.replace('<v>0</v>', none) }),
        '40,42',
        none,
      )
  })
})
