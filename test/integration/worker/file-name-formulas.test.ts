import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { sourceOfBuffer } from '#lib/scan/source.ts'
import { scan } from '#lib/scan.ts'
import { flat } from '#test/documents/flat.ts'
import { pageText } from '#test/pdf.ts'
import { seenIn } from '#worker/seen.ts'
import { type Bench, make, openBench } from './bench.ts'
import { type Soffice, startSoffice } from './uno/soffice.ts'

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
  let bench: Bench
  let soffice: Soffice
  before(async () => {
    soffice = await startSoffice()
    bench = await openBench('bwrap')
    await bench.engine.start()
  })
  after(async () => {
    await bench.close()
    await soffice.stop()
  })

  /** What LibreOffice writes from it with this filter. */
  async function writtenAs(filter: string, xml: string): Promise<Buffer> {
    const path = join(soffice.directory, 'from.fods')
    await writeFile(path, xml)
    const document = await soffice.office.load(path)
    await document?.store(`${path}.as`, filter)
    await document?.close()
    return readFile(`${path}.as`)
  }

  /** What stands in the cells, between head and foot. */
  async function shown(bytes: Buffer | string, format: string, name: string): Promise<string> {
    const { flags } = await scan(sourceOfBuffer(Buffer.from(bytes)), name, {})
    const wish = { target: 'pdf' }
    const made = await make(bench, { bytes, format }, { ...wish, fileName: name, ...seenIn(format, flags) })
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
})
