import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { sourceOfBuffer } from '#lib/scan/source.ts'
import { scan } from '#lib/scan.ts'
import { archive, partsOf } from '#test/documents/archive.ts'
import { flat } from '#test/documents/flat.ts'
import { pageText } from '#test/pdf.ts'
import { factsFromScan } from '#worker/scan-facts.ts'
import { unprotect } from '#worker/uno/methods.ts'
import { onSheets } from '#worker/uno/sheets.ts'
import { make, openTestEngine, type TestEngine } from './test-engine.ts'
import { type Soffice, startSoffice } from './uno/soffice.ts'

const protect = { ...unprotect, functionId: 3 }
const PLACE = 'CELL(&quot;filename&quot;)'
const cell = (formula: string) =>
  `<table:table-row><table:table-cell table:formula="of:=${formula}" office:value-type="string" office:string-value="kept"/></table:table-row>`

function workbook(formulas: readonly string[], { isProtected = false } = {}): string {
  const first = `<table:table table:name="One"${isProtected ? ' table:protected="true"' : ''}><table:table-column table:style-name="wide"/>${formulas.map(cell).join('')}</table:table>`
  return flat('spreadsheet', `${first}<table:table table:name="The other"/>`, {
    styles: `<style:style style:name="wide" style:family="table-column"><style:table-column-properties style:column-width="120mm"/></style:style>`,
  })
}

describe('a formula that tells where the file lies', () => {
  let testEngine: TestEngine
  let soffice: Soffice
  before(async () => {
    soffice = await startSoffice()
    testEngine = await openTestEngine('bwrap')
    await testEngine.engine.start()
  })
  after(async () => {
    await testEngine.close()
    await soffice.stop()
  })

  /** What LibreOffice writes from it with this filter. */
  async function writtenAs(filter: string, xml: string, password?: string): Promise<Buffer> {
    const path = join(soffice.directory, 'from.fods')
    await writeFile(path, xml)
    const document = await soffice.office.load(path)
    if (password !== undefined)
      await document?.withModel((workbook, session) =>
        onSheets(workbook, session, sheet => sheet.call(protect, [password])),
      )
    await document?.store(`${path}.as`, filter)
    await document?.close()
    return readFile(`${path}.as`)
  }

  /** What stands in the cells, between head and foot. */
  async function shown(bytes: Buffer | string, format: string, name: string): Promise<string> {
    const { flags } = await scan(sourceOfBuffer(Buffer.from(bytes)), name, {})
    const settings = { target: 'pdf' }
    const made = await make(
      testEngine,
      { bytes, format },
      { ...settings, fileName: name, ...factsFromScan(format, flags) },
    )
    const words = (await pageText(made.bytes)).trim().split(/\s+/)
    return words.slice(1, -2).join(' ')
  }

  for (const [format, filter, own, other] of [
    ['xls', 'MS Excel 97', '[Plan $1.xls]One', '[Plan $1.xls]The other'],
    ['ods', 'calc8', "'Plan $1.ods'#$One", "'Plan $1.ods'#$The other"],
  ] as const)
    it(`tells its sender's name alone, whatever sheet it asks for: ${format}`, async () => {
      const of = (place: string) => `CELL(&quot;FILENAME&quot;;${place})`
      const xml = workbook([PLACE, of('[.B7]'), of("[$'The other'.A1]"), `LEN(${PLACE})`])
      const text = await shown(await writtenAs(filter, xml), format, `Plan $1.${format}`)
      assert.equal(text, `${own} ${own} ${other} ${own.length}`)
    })

  it('finds the sheet for a formula that looks for its sign, in the words of either program', async () => {
    const behind = (sign: string) => `MID(${PLACE};FIND(&quot;${sign}&quot;;${PLACE})+${sign.length};9)`
    for (const sign of [']', '#$']) {
      const xml = workbook([behind(sign)])
      assert.equal(await shown(await writtenAs('MS Excel 97', xml), 'xls', 'a.xls'), 'One')
      assert.equal(await shown(xml, 'fods', 'a.fods'), 'One')
    }
  })

  it('does so on a sheet that is protected without a password', async () => {
    const text = await shown(workbook([PLACE], { isProtected: true }), 'fods', 'a.fods')
    assert.equal(text, "'a.fods'#$One")
  })

  for (const [format, filter] of [
    ['xlsx', 'Calc MS Excel 2007 XML'],
    ['xls', 'MS Excel 97'],
    ['ods', 'calc8'],
  ] as const)
    for (const [how, password] of [
      ['put together or has a name', undefined],
      ['protected with a password', 'secret'],
    ] as const)
      it(`tells nothing of this machine where a formula is ${how}: ${format}`, async () => {
        const name = `<table:named-expression table:name="WHERE" table:expression="${PLACE}" table:base-cell-address="$One.$A$1"/>`
        const first = password ? PLACE : 'CELL(&quot;FILE&quot;&amp;&quot;NAME&quot;)'
        const xml = workbook([first, 'WHERE']).replace(
          '<table:table ',
          `<table:named-expressions>${name}</table:named-expressions>$&`,
        )
        const bytes = await withKept(await writtenAs(filter, xml, password), format)
        const place = `'file:///d/d/d/d/d/d/a.${format}'#$One`
        assert.equal(
          await shown(bytes, format, `a.${format}`),
          `${format === 'xlsx' ? 'kept' : place} ${place}`,
        )
      })

  it('tells the name where the program that made a workbook of Excel calculated nothing', async () => {
    const bytes = await writtenAs('Calc MS Excel 2007 XML', workbook([PLACE]))
    assert.equal(await shown(await withKept(bytes, 'xlsx', '0'), 'xlsx', 'a.xlsx'), '[a.xlsx]One')
  })
})

/** As a workbook of Excel whose formulas had this value when it was saved. */
async function withKept(bytes: Buffer, format: string, value = 'kept'): Promise<Buffer> {
  if (format !== 'xlsx') return bytes
  const parts = await partsOf(bytes)
  const sheet = 'xl/worksheets/sheet1.xml'
  return archive({ ...parts, [sheet]: String(parts[sheet]).replace(/<v>[^<]*<\/v>/g, `<v>${value}</v>`) })
}
