import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { archive, partsOf } from '#test/documents/archive.ts'
import { flat } from '#test/documents/flat.ts'
import { oldWorkbook } from '#test/documents/old-workbook.ts'
import { word } from '#test/documents/packages.ts'
import { sheet } from '#test/documents/sheet.ts'
import { pageText } from '#test/pdf.ts'
import { make, openTestEngine, type TestEngine } from './test-engine.ts'

let bench: TestEngine
before(async () => {
  bench = await openTestEngine('bwrap')
  await bench.engine.start()
})
after(() => bench.close())

async function shown(
  bytes: Buffer | string,
  format: string,
  options: Record<string, unknown> = {},
): Promise<string> {
  const made = await make(bench, { bytes, format }, { target: 'pdf', options, keptFields: true })
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
async function workbook(headings: string, { width = 20 } = {}): Promise<Buffer> {
  const parts = await partsOf(await sheet())
  const formats = '<xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="4" applyNumberFormat="1"/>'
  const cells = '<row r="1"><c r="A1" s="0"><v>45264</v></c><c r="B1" s="1"><v>1234.5</v></c></row>'
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
  return archive({
    ...parts,
    'xl/styles.xml': `<styleSheet xmlns="${main}"><fonts><font/></fonts><fills><fill/></fills><borders><border/></borders><cellStyleXfs><xf/></cellStyleXfs><cellXfs>${formats}</cellXfs></styleSheet>`,
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${main}"><cols><col min="1" max="2" width="${width}" customWidth="1"/></cols><sheetData>${cells}</sheetData></worksheet>`,
    ...{
      'docProps/app.xml': `<Properties xmlns:vt="v"><HeadingPairs><vt:vector><vt:variant><vt:lpstr>${headings}</vt:lpstr></vt:variant></vt:vector></HeadingPairs></Properties>`,
    },
  })
}

/** Each language has a process of its own, so all of one come together. */
describe('dates and numbers', () => {
  it('in a German document are written as in Germany', async () => {
    assert.match(await shown(table('text', 'de-DE'), 'fodt'), /04\.12\.2023 1\.234,50/)
    assert.match(await shown(table('spreadsheet', 'de-DE'), 'fods'), /04\.12\.2023 1\.234,50/)
    assert.match(await shown(await workbook('Arbeitsblätter'), 'xlsx'), /04\.12\.2023 1\.234,50/)
    assert.match(await shown(oldWorkbook({ country: 49 }), 'xls'), /04\.12\.2023 1\.234,50/)
  })

  it('in the documents that follow are written as in the USA', async () => {
    for (const language of ['en-US', undefined]) {
      assert.match(await shown(table('text', language), 'fodt'), /12\/04\/2023 1,234\.50/)
      assert.match(await shown(table('spreadsheet', language), 'fods'), /12\/04\/2023 1,234\.50/)
    }
    assert.match(await shown(await workbook('Worksheets'), 'xlsx'), /12\/4\/2023 1,234\.50/)
    assert.match(await shown(oldWorkbook({ country: 1 }), 'xls'), /12\/4\/2023 1,234\.50/)
  })

  it('in a Japanese workbook are written as in Japan', async () => {
    assert.match(await shown(await workbook('ワークシート'), 'xlsx'), /2023\/12\/04 1,234\.50/)
  })

  it('are written as in France, where that is what the document says or what was asked for', async () => {
    assert.match(await shown(table('text', 'fr-FR'), 'fodt'), /04\/12\/2023 1 234,50/)
    const language = 'fr'
    assert.match(await shown(table('text', 'en-US'), 'fodt', { language }), /04\/12\/2023 1 234,50/)
    assert.match(await shown(await workbook('ワークシート'), 'xlsx', { language }), /04\/12\/2023 1 234,50/)
  })

  it('are seen where a column is too narrow for a date in another language', async () => {
    const narrow = await workbook('Worksheets', { width: 8.43 })
    assert.match(await shown(narrow, 'xlsx', { language: 'fr-FR' }), /04\/12\/2023/)
    assert.match(await shown(narrow, 'xlsx'), /12\/4\/2023/)
  })

  it('are of no language in raw values', async () => {
    const { bytes } = await make(
      bench,
      { bytes: await workbook('Arbeitsblätter'), format: 'xlsx' },
      { target: 'csv', options: { values: 'raw' } },
    )
    assert.match(bytes.toString(), /1234\.5\b/)
  })
})

describe('fields', () => {
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
    assert.match(await shown(rich, 'rtf', { language: 'fr-FR' }), new RegExp(`^\\d+\\. ${monthIn('fr')}$`))
    isLike(await shown(await letter(), 'docx', { language: 'en-US' }), /\d+\/\d+\/\d\d/, monthIn('en'))
    assert.match(await shown(rich, 'rtf'), new RegExp(`^\\d+\\. ${monthIn('de')}$`))
    assert.match(await shown(await letter(), 'docx', { language: 'ja-JP' }), /^\d\d\/\d+\/\d+ /)
  })

  it('of the times of a file are written so too, in the time zone that was asked for', async () => {
    const saved = async (language: string, options: Record<string, unknown> = {}, kept = '') => {
      const field = `<w:p><w:fldSimple w:instr=" SAVEDATE "><w:r>${kept}</w:r></w:fldSimple></w:p>`
      const bytes = await word(field, {
        ...german,
        '_rels/.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="d" Type="${office}/officeDocument" Target="word/document.xml"/><Relationship Id="c" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`,
        'word/styles.xml': german['word/styles.xml'].replace('de-DE', language),
        'docProps/core.xml':
          '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dcterms:modified xsi:type="dcterms:W3CDTF">2020-03-05T20:00:00Z</dcterms:modified></cp:coreProperties>',
      })
      return shown(bytes, 'docx', options)
    }
    assert.equal(await saved('de-DE'), '05.03.2020 20:00:00')
    assert.equal(await saved('fr-FR'), '05/03/2020 20:00:00')
    assert.equal(await saved('nl-NL'), '05-03-2020 20:00:00')
    assert.equal(await saved('en-US'), '3/5/2020 8:00:00 PM')
    const kept = '<w:t>05.03.2020 21:00</w:t>'
    assert.equal(await saved('de-DE', {}, kept), '05.03.2020 21:00')
    assert.equal(await saved('de-DE', { timeZone: 'Asia/Tokyo' }, kept), '06.03.2020 05:00:00')
  })

  it('on slides are so too, those in groups as well', async () => {
    const date = (y: number) =>
      `<draw:frame svg:width="15cm" svg:height="1cm" svg:x="2cm" svg:y="${y}cm"><draw:text-box><text:p><text:date text:date-value="2008-11-25" text:fixed="true">old</text:date></text:p></draw:text-box></draw:frame>`
    const page = `<draw:page draw:name="a">${date(2)}<draw:g>${date(4)}</draw:g></draw:page>`
    const german =
      '<office:styles><style:default-style style:family="graphic"><style:text-properties fo:language="de" fo:country="DE"/></style:default-style></office:styles>'
    const deck = flat('presentation', page, { scripts: german })
    assert.equal(await shown(deck, 'fodp'), '25.11.08 25.11.08')
    assert.equal(await shown(deck, 'fodp', { language: 'en-US' }), '11/25/08 11/25/08')
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
