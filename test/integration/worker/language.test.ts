import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { archive, partsOf } from '#test/documents/archive.ts'
import { flat } from '#test/documents/flat.ts'
import { oldWorkbook } from '#test/documents/old-workbook.ts'
import { word } from '#test/documents/packages.ts'
import { sheet } from '#test/documents/sheet.ts'
import { pageText } from '#test/pdf.ts'
import { type Bench, make, openBench } from './bench.ts'

let bench: Bench
before(async () => {
  bench = await openBench('bwrap')
  await bench.engine.start()
})
after(() => bench.close())

async function shown(
  bytes: Buffer | string,
  format: string,
  options: Record<string, unknown> = {},
): Promise<string> {
  const made = await make(bench, { bytes, format }, { target: 'pdf', options })
  return (await pageText(made.bytes)).replace(/\s+/g, ' ').trim()
}

const NUMBER_STYLES = `
  <number:date-style style:name="day" number:automatic-order="true"><number:month number:style="long"/><number:text>/</number:text><number:day number:style="long"/><number:text>/</number:text><number:year number:style="long"/></number:date-style>
  <number:number-style style:name="amount"><number:number number:decimal-places="2" number:min-integer-digits="1" number:grouping="true"/></number:number-style>
  <style:style style:name="wide" style:family="table-column"><style:table-column-properties style:column-width="5cm"/></style:style>
  <style:style style:name="dayCell" style:family="table-cell" style:data-style-name="day"/>
  <style:style style:name="amountCell" style:family="table-cell" style:data-style-name="amount"/>`
const TABLE = `<table:table table:name="T"><table:table-column table:style-name="wide" table:number-columns-repeated="2"/><table:table-row>
  <table:table-cell table:style-name="dayCell" office:value-type="date" office:date-value="2023-12-04"><text:p>old</text:p></table:table-cell>
  <table:table-cell table:style-name="amountCell" office:value-type="float" office:value="1234.5"><text:p>old</text:p></table:table-cell></table:table-row></table:table>`

function table(kind: 'text' | 'spreadsheet', language?: string): string {
  const [code, country] = language?.split('-') ?? []
  const scripts = language
    ? `<office:styles><style:default-style style:family="${kind === 'text' ? 'paragraph' : 'table-cell'}"><style:text-properties fo:language="${code}" fo:country="${country}"/></style:default-style></office:styles>`
    : ''
  return flat(kind, TABLE, { scripts, styles: NUMBER_STYLES })
}

/** A workbook with a day in the system's form and a number, and this in its properties. */
async function workbook(headings?: string): Promise<Buffer> {
  const parts = await partsOf(await sheet())
  const formats = '<xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="4" applyNumberFormat="1"/>'
  const cells = '<row r="1"><c r="A1" s="0"><v>45264</v></c><c r="B1" s="1"><v>1234.5</v></c></row>'
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
  return archive({
    ...parts,
    'xl/styles.xml': `<styleSheet xmlns="${main}"><fonts><font/></fonts><fills><fill/></fills><borders><border/></borders><cellStyleXfs><xf/></cellStyleXfs><cellXfs>${formats}</cellXfs></styleSheet>`,
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${main}"><cols><col min="1" max="2" width="20" customWidth="1"/></cols><sheetData>${cells}</sheetData></worksheet>`,
    ...(headings && {
      'docProps/app.xml': `<Properties xmlns:vt="v"><HeadingPairs><vt:vector><vt:variant><vt:lpstr>${headings}</vt:lpstr></vt:variant></vt:vector></HeadingPairs></Properties>`,
    }),
  })
}

describe('dates and numbers', () => {
  for (const kind of ['text', 'spreadsheet'] as const) {
    const format = kind === 'text' ? 'fodt' : 'fods'
    it(`in the tables of ${format} are written in its own language, and the next document’s in its own`, async () => {
      assert.match(await shown(table(kind, 'de-DE'), format), /04\.12\.2023 1\.234,50/)
      assert.match(await shown(table(kind, 'fr-FR'), format), /04\/12\/2023 1 234,50/)
      assert.match(await shown(table(kind, 'en-US'), format), /12\/04\/2023 1,234\.50/)
      assert.match(await shown(table(kind), format), /12\/04\/2023 1,234\.50/)
    })
  }

  it('in a workbook are written in the language of its Excel', async () => {
    assert.match(await shown(await workbook('Arbeitsblätter'), 'xlsx'), /04\.12\.2023 1\.234,50/)
    assert.match(await shown(await workbook('ワークシート'), 'xlsx'), /2023\/12\/04 1,234\.50/)
    assert.match(await shown(await workbook('Worksheets'), 'xlsx'), /12\/4\/2023 1,234\.50/)
    assert.match(await shown(oldWorkbook({ country: 49 }), 'xls'), /04\.12\.2023 1\.234,50/)
    assert.match(await shown(oldWorkbook({ country: 1 }), 'xls'), /12\/4\/2023 1,234\.50/)
  })

  it('are written in the language that was asked for', async () => {
    const language = 'de-AT'
    assert.match(await shown(await workbook('ワークシート'), 'xlsx', { language }), /04\.12\.2023 1\.234,50/)
    assert.match(await shown(table('text', 'en-US'), 'fodt', { language: 'fr' }), /04\/12\/2023 1 234,50/)
  })

  it('in a file to be edited are left to whoever opens it', async () => {
    const { bytes } = await make(
      bench,
      { bytes: await workbook('Arbeitsblätter'), format: 'xlsx' },
      { target: 'csv', options: { values: 'raw' } },
    )
    assert.match(bytes.toString(), /1234\.5\b/)
  })
})

describe('the fields of a text', () => {
  const main = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const german = {
    'word/styles.xml': `<w:styles xmlns:w="${main}"><w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="de-DE"/></w:rPr></w:rPrDefault></w:docDefaults></w:styles>`,
    'word/_rels/document.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="s" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
  }
  /** Today in three forms, the first of which is open, in a German text. */
  const letter = () => {
    const field = (instruction: string) =>
      `<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> ${instruction} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>old</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>`
    return word(['DATE', 'DATE \\@ "d. MMMM"', 'DATE \\@ "yyyy-MM-dd"'].map(field).join(''), german)
  }
  const rich =
    '{\\rtf1\\deflang1031\\lang1031 {\\field{\\*\\fldinst DATE \\\\@ "d. MMMM"}{\\fldrslt old}}\\par}'
  const monthIn = (locale: string) =>
    new Date().toLocaleDateString(locale, { month: 'long', timeZone: 'UTC' })
  const isLike = (text: string, day: RegExp, month: string) =>
    assert.match(text, new RegExp(`^${day.source} \\d+\\. ${month} \\d{4}-\\d\\d-\\d\\d$`))

  it('are written in the language around them, or in the one that was asked for', async () => {
    isLike(await shown(await letter(), 'docx'), /\d\d\.\d\d\.\d\d/, monthIn('de'))
    isLike(await shown(await letter(), 'docx', { language: 'fr-FR' }), /\d\d\/\d\d\/\d{4}/, monthIn('fr'))
    isLike(await shown(await letter(), 'docx', { language: 'en-US' }), /\d+\/\d+\/\d\d/, monthIn('en'))
    assert.match(await shown(await letter(), 'docx', { language: 'ja-JP' }), /^\d\d\/\d\d\/\d\d /)
    assert.match(await shown(rich, 'rtf'), new RegExp(`^\\d+\\. ${monthIn('de')}$`))
    assert.match(await shown(rich, 'rtf', { language: 'fr-FR' }), new RegExp(`^\\d+\\. ${monthIn('fr')}$`))
  })

  it('print the day of the time zone that was asked for, on the other side of midnight too', async () => {
    // At any hour it is another day than in UTC in one of the two.
    const timeZone = new Date().getUTCHours() < 11 ? 'Pacific/Pago_Pago' : 'Pacific/Kiritimati'
    const dayIn = (timeZone: string) => new Date().toLocaleDateString('sv-SE', { timeZone })
    const printed = async (options: Record<string, string>) =>
      (await shown(await letter(), 'docx', options)).slice(-'2026-01-01'.length)
    const before = [dayIn(timeZone), dayIn('UTC')]
    const days = [await printed({ timeZone }), await printed({})]
    assert.notEqual(days[0], days[1])
    // Unless midnight came meanwhile.
    if (dayIn(timeZone) === before[0] && dayIn('UTC') === before[1]) assert.deepEqual(days, before)
  })
})
