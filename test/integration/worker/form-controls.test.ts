import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { archive, partsOf } from '#test/documents/archive.ts'
import { flat } from '#test/documents/flat.ts'
import { sheet } from '#test/documents/sheet.ts'
import { saved } from './shown.ts'
import { make, openTestEngine, type TestEngine } from './test-engine.ts'

const FILTERS = { xls: 'MS Excel 97', ods: 'calc8' }

/** A workbook with a box to tick. */
const workbook = (state: 'checked' | 'unchecked') =>
  flat(
    'spreadsheet',
    `<table:table table:name="One"><office:forms><form:form form:name="f"><form:checkbox form:name="box" form:id="box" form:label="Agreed" form:current-state="${state}" form:state="${state}"/></form:form></office:forms><table:table-column/><table:table-row><table:table-cell office:value-type="string"><text:p>x</text:p><draw:control draw:control="box" svg:x="3cm" svg:y="1cm" svg:width="4cm" svg:height="1cm"/></table:table-cell></table:table-row></table:table>`,
  )

/** As Excel writes it; LibreOffice does not read what it writes itself. */
async function excelWorkbook(state: 'checked' | 'unchecked'): Promise<Buffer> {
  const parts = await partsOf(await sheet({ rows: 1 }))
  const [part, links] = ['xl/worksheets/sheet1.xml', 'xl/worksheets/_rels/sheet1.xml.rels']
  const tick = state === 'checked' ? '<x:Checked>1</x:Checked>' : ''
  const box = `<v:shape id="_x0000_s1025" type="#_x0000_t201" style="position:absolute"><v:textbox><div>Agreed</div></v:textbox><x:ClientData ObjectType="Checkbox"><x:Anchor>2, 0, 2, 0, 4, 0, 4, 0</x:Anchor><x:PrintObject>True</x:PrintObject>${tick}</x:ClientData></v:shape>`
  const link = `<Relationship Id="rIdV" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/vmlDrawing" Target="../drawings/vmlDrawing1.vml"/>`
  return archive({
    ...parts,
    '[Content_Types].xml': String(parts['[Content_Types].xml']).replace(
      /<Types[^>]*>/,
      '$&<Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>',
    ),
    [part]: String(parts[part]).replace('</worksheet>', '<legacyDrawing r:id="rIdV"/></worksheet>'),
    [links]: String(parts[links]).replace('</Relationships>', `${link}</Relationships>`),
    'xl/drawings/vmlDrawing1.vml': `<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shapetype id="_x0000_t201" coordsize="21600,21600" o:spt="201" path="m,l,21600r21600,l21600,xe"/>${box}</xml>`,
  })
}

/** The same in each format of a workbook. */
async function savedWith(state: 'checked' | 'unchecked'): Promise<Map<string, Buffer>> {
  const files = await saved({ bytes: workbook(state), format: 'fods' }, FILTERS)
  return files.set('xlsx', await excelWorkbook(state))
}

const page = (state: string) =>
  `<html><body><form><input type="checkbox" ${state}>Agreed</form></body></html>`

describe('the controls of a document', () => {
  let testEngine: TestEngine
  before(async () => {
    testEngine = await openTestEngine('bwrap')
    await testEngine.engine.start()
  })
  after(() => testEngine.close())

  const picture = async (bytes: Buffer | string, format: string) =>
    (await make(testEngine, { bytes, format }, { target: 'png' })).bytes

  it('are printed with their ticks where they stand in a sheet, and are no fields of a form', async () => {
    const [checked, unchecked] = await Promise.all([savedWith('checked'), savedWith('unchecked')])
    for (const format of checked.keys()) {
      const [ticked, empty] = [checked, unchecked].map(files => files.get(format)) as [Buffer, Buffer]
      assert.notDeepEqual(await picture(ticked, format), await picture(empty, format), format)
      const pdf = (await make(testEngine, { bytes: ticked, format }, { target: 'pdf' })).bytes
      assert.ok(!pdf.includes('/Widget'), format)
    }
  })

  it('are drawn with their ticks in a picture of a text, which a PDF keeps to be filled in', async () => {
    assert.notDeepEqual(await picture(page('checked'), 'html'), await picture(page(''), 'html'))
    const { bytes } = await make(testEngine, { bytes: page('checked'), format: 'html' }, { target: 'pdf' })
    assert.ok(bytes.includes('/Widget'))
  })
})
