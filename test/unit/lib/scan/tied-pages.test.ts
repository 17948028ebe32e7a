import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { sourceOfBuffer } from '#lib/scan/source.ts'
import { scan } from '#lib/scan.ts'
import { archive, partsOf } from '#test/documents/archive.ts'
import { flat } from '#test/documents/flat.ts'
import { xlsRecord } from '#test/documents/old-workbook.ts'
import { compound } from '#test/documents/sample-compound.ts'
import { sheet } from '#test/documents/sheet.ts'

async function hasTies(content: Buffer | string, fileName: string): Promise<boolean | undefined> {
  return (await scan(sourceOfBuffer(Buffer.from(content)), fileName)).flags.tiedPages
}

/** An Excel workbook with this markup behind its rows, and these relationships of its sheet. */
async function book(markup: string, relationships = ''): Promise<Buffer> {
  const parts = await partsOf(await sheet())
  const part = 'xl/worksheets/sheet1.xml'
  const list = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${relationships}</Relationships>`
  return archive({
    ...parts,
    [part]: String(parts[part]).replace('</worksheet>', `${markup}</worksheet>`),
    ...(relationships && { 'xl/worksheets/_rels/sheet1.xml.rels': list }),
  })
}

const TYPE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink'
const relationship = (target: string) =>
  `<Relationship Id="r1" Type="${TYPE}" Target="${target}" TargetMode="External"/>`
const formula = (text: string) => `<f>${text}</f>`
const cell = (content: string) => flat('spreadsheet', `<table:table-cell ${content}</table:table-cell>`)

describe('what ties the pages of a workbook together', () => {
  for (const [what, markup, relationships] of [
    ['a link in a cell', '<hyperlinks><hyperlink ref="A1" display="x" location="Sheet2!A1"/></hyperlinks>'],
    ['a link by a relationship', '', relationship('#Sheet2!A1')],
    ['a link by a formula', formula('HYPERLINK("#Sheet2!A1","x")')],
    ['a link by a formula that makes its address', formula('HYPERLINK(CONCATENATE("#",B1))')],
    ['a random number', formula('2*RANDBETWEEN(1,6)')],
    ['the time', formula('NOW()')],
  ] as const)
    it(`is found in Excel’s: ${what}`, async () => {
      assert.equal(await hasTies(await book(markup, relationships), 'a.xlsx'), true)
    })

  it('is found in OpenDocument: links in cells and by formulas, random numbers', async () => {
    for (const content of [
      '><text:p><text:a xlink:href="#Sheet2.A1">x</text:a></text:p>',
      'table:formula="of:=HYPERLINK(&quot;#Sheet2.A1&quot;)">',
      'table:formula="of:=HYPERLINK([.B1])">',
      'table:formula="of:=[.B1]*RAND()">',
    ])
      assert.equal(await hasTies(cell(content), 'a.fods'), true, content)
  })

  it('is not a link to the web', async () => {
    const web = 'https://example.org/#here'
    const hyperlink = '<hyperlinks><hyperlink ref="A1" r:id="r1"/></hyperlinks>'
    const files = [
      [await book(hyperlink, relationship(web)), 'a.xlsx'],
      [await book(formula(`HYPERLINK("${web}","x")`)), 'a.xlsx'],
      [cell(`><text:p><text:a xlink:href="${web}">x</text:a></text:p>`), 'a.fods'],
      [cell(`table:formula="of:=HYPERLINK(&quot;${web}&quot;)">`), 'a.fods'],
    ] as const
    for (const [bytes, name] of files) assert.equal(await hasTies(bytes, name), false)
  })

  it('is found in the records of an old workbook', async () => {
    const book = (kind: number, body: Buffer) => compound({ Workbook: xlsRecord(kind, body) })
    const [formula, link, name] = [0x06, 0x1b8, 0x23]
    for (const file of [
      book(formula, Buffer.from([0, 0x42, 2, 0x67, 1])),
      book(formula, Buffer.from([0, 0x41, 0x3f, 0])),
      book(link, Buffer.alloc(32)),
      book(name, Buffer.from('\0RANDBETWEEN', 'utf16le')),
    ])
      assert.equal(await hasTies(file, 'a.xls'), true)
    for (const file of [
      book(formula, Buffer.from([0, 0x42, 2, 0x04, 0])),
      book(link, Buffer.from(`${'00'.repeat(28)}01000000`, 'hex')),
    ])
      assert.equal(await hasTies(file, 'a.xls'), false)
  })
})
