import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { sourceOfBuffer } from '#lib/scan/source.ts'
import { scan } from '#lib/scan.ts'
import { archive, partsOf } from '#test/documents/archive.ts'
import { flat } from '#test/documents/flat.ts'
import { oldWorkbook } from '#test/documents/old-workbook.ts'
import { openText, word } from '#test/documents/packages.ts'
import { sheet } from '#test/documents/sheet.ts'

async function seenIn(bytes: Buffer | string, fileName: string) {
  const { flags } = await scan(sourceOfBuffer(Buffer.from(bytes)), fileName)
  return flags
}
const language = async (bytes: Buffer | string, fileName: string) => (await seenIn(bytes, fileName)).language

const styled = (attributes: string, family = 'paragraph') =>
  `<office:styles><style:default-style style:family="${family}"><style:paragraph-properties/><style:text-properties fo:font-size="12pt" ${attributes}/></style:default-style></office:styles>`

describe('the language that a document is in', () => {
  it('is that of the default style of an OpenDocument file, in a package or flat', async () => {
    const german = styled('fo:language="de" fo:country="AT"')
    const styles = `<office:document-styles xmlns:office="o" xmlns:style="s" xmlns:fo="f">${german}</office:document-styles>`
    assert.equal(await language(await openText(undefined, { 'styles.xml': styles }), 'a.odt'), 'de-AT')
    const scripts = styled("fo:language='fr' fo:country='none'", 'table-cell')
    assert.equal(await language(flat('spreadsheet', '', { scripts }), 'a.fods'), 'fr-FR')
  })

  it('is Japanese where that stands beside LibreOffice’s usual English, and not Chinese', async () => {
    const beside = (asian: string, country: string) =>
      flat('text', '', {
        scripts: styled(
          `fo:language="en" fo:country="US" style:language-asian="${asian}" style:country-asian="${country}"`,
        ),
      })
    assert.equal(await language(beside('ja', 'JP'), 'a.fodt'), 'ja-JP')
    assert.equal(await language(beside('zh', 'CN'), 'a.fodt'), 'en-US')
  })

  it('is none where the document does not say', async () => {
    assert.equal(await language(flat('text', '<text:p>x</text:p>'), 'a.fodt'), undefined)
    const none = styled('fo:language="none" fo:country="none"')
    assert.equal(await language(flat('text', '', { scripts: none }), 'a.fodt'), undefined)
    assert.equal(await language(await sheet(), 'a.xlsx'), undefined)
  })

  const properties = async (name: string, xml: string) =>
    archive({ ...(await partsOf(await sheet())), [`docProps/${name}.xml`]: xml })
  const headings = (word: string) =>
    `<Properties xmlns:vt="v"><HeadingPairs><vt:vector><vt:variant><vt:lpstr>${word}</vt:lpstr></vt:variant></vt:vector></HeadingPairs></Properties>`

  it('is that of the Excel that saved a workbook, by its word for worksheets', async () => {
    assert.equal(await language(await properties('app', headings('Arbeitsblätter')), 'a.xlsx'), 'de-DE')
    assert.equal(await language(await properties('app', headings('ワークシート')), 'a.xlsx'), 'ja-JP')
    assert.equal(await language(await properties('app', headings('Worksheets')), 'a.xlsx'), undefined)
  })

  it('is the one that the properties of a workbook name', async () => {
    const named = '<cp:coreProperties><dc:language>fr-CA</dc:language></cp:coreProperties>'
    assert.equal(await language(await properties('core', named), 'a.xlsx'), 'fr-CA')
  })

  it('is that of the country in a workbook of Excel 97', async () => {
    assert.equal(await language(oldWorkbook({ country: 49 }), 'a.xls'), 'de-DE')
    assert.equal(await language(oldWorkbook({ country: 1 }), 'a.xls'), 'en-US')
    assert.equal(await language(oldWorkbook({ country: 999 }), 'a.xls'), undefined)
  })

  it('shows in a text with fields of file times', async () => {
    const field = (instruction: string) => word(`<w:p><w:fldSimple w:instr=" ${instruction} "/></w:p>`)
    assert.equal((await seenIn(await field('SAVEDATE'), 'a.docx')).fileDates, true)
    assert.equal((await seenIn(await field('DATE'), 'a.docx')).fileDates, undefined)
  })

  it('shows in a text only where tables have values', async () => {
    const table = (cell: string) =>
      flat(
        'text',
        `<table:table><table:table-row><table:table-cell ${cell}/></table:table-row></table:table>`,
      )
    const date = 'table:style-name="a" office:value-type="date" office:date-value="2023-12-04"'
    assert.equal((await seenIn(table(date), 'a.fodt')).cellValues, true)
    assert.equal((await seenIn(table('office:value-type="string"'), 'a.fodt')).cellValues, undefined)
  })
})
