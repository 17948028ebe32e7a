import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Flags } from '#lib/scan/flags.ts'
import { sourceOfBuffer } from '#lib/scan/source.ts'
import { scan } from '#lib/scan.ts'
import { note } from '#lib/vocabulary/notes.ts'
import { archive, partsOf } from '#test/documents/archive.ts'
import { flat } from '#test/documents/flat.ts'
import { xlsRecord } from '#test/documents/old-workbook.ts'
import { openText, word, wordLinking, wordParts } from '#test/documents/packages.ts'
import { compound } from '#test/documents/sample-compound.ts'
import { sheet } from '#test/documents/sheet.ts'

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

async function flagsOf(content: Buffer | string, fileName: string): Promise<Flags> {
  return (await scan(sourceOfBuffer(Buffer.from(content)), fileName)).flags
}

/** How many links are to click on, how many would be fetched. */
async function links(content: Buffer | string, fileName: string): Promise<[number, number]> {
  const { links, externalLinks } = await flagsOf(content, fileName)
  return [links ?? 0, externalLinks.count]
}

function relation(id: string, type: string, target: string): string {
  return `<Relationship Id="${id}" Type="${type}" Target="${target}" TargetMode="External"/>`
}

/** A Word document with this content and these relationships, whose list comes first or last. */
async function wordWith(content: string, list: string[], isListFirst = false): Promise<Buffer> {
  const xml = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${list.join('')}</Relationships>`
  const relations = { 'word/_rels/document.xml.rels': xml }
  const parts = wordParts(`<w:p>${content}</w:p>`)
  return archive(isListFirst ? { ...relations, ...parts } : { ...parts, ...relations })
}

/** A record of [MS-PPT]: containers have version 15. */
function pptRecord(kind: number, version: number, ...bodies: Buffer[]): Buffer {
  const head = Buffer.alloc(8)
  head.writeUInt16LE(version)
  head.writeUInt16LE(kind, 2)
  head.writeUInt32LE(Buffer.concat(bodies).length, 4)
  return Buffer.concat([head, ...bodies])
}

describe('links', () => {
  it('of a web page are fetched from beside it too, and its head leads nowhere but to style sheets', async () => {
    const head = `<link rel="canonical" href="https://a/"><link rel=icon href="/i.png"><link rel="stylesheet" href="a.css"><link href="b.css" rel="alternate stylesheet">`
    const body = `<img src="pictures/a.png"><img src=b.png><a href=b.html>x</a><a href="#here">x</a><a href="javascript:go()">x</a><area href="mailto:a@b.c"><img src="data:image/png;base64,x"><video src="f.mp4"></video>`
    const told = await flagsOf(`<html><head>${head}</head><body>${body}</body></html>`, 'a.html')
    assert.deepEqual([told.links, told.externalLinks.count, told.media], [2, 2, 1])
    assert.deepEqual(told.notes, [note('style_sheets_not_fetched', { count: 2 })])
  })

  it('of a web page that begins with text are counted, as is how deep it goes', async () => {
    const page =
      'Dear all,<p><a href="http://a.example/">x</a><img src="a.png"><table><tr><td>y</td></tr></table>'
    assert.deepEqual(await links(page, 'a.html'), [1, 1])
    const deep = `Dear all,${'<div>'.repeat(5000)}`
    await assert.rejects(links(deep, 'a.html'), { code: 'too_deeply_nested' })
  })

  it('of a web page in comments and scripts are none, however the page is cut', async () => {
    const unseen = `<!-- <img src="a.png"> --><script src="a.js">write('<img src="b.png">')</script><STYLE>a { } <img src="c.png"></STYLE>`
    for (let shift = 0; shift <= unseen.length; shift += 3) {
      const before = `<html><body>${' '.repeat(256 * 1024 - 12 - shift)}`
      const page = `${before}${unseen}<img src="shown.png"></body></html>`
      assert.deepEqual(await links(page, 'a.html'), [0, 1], String(shift))
    }
  })

  it('of a package are not its own parts, and its template is no loss', async () => {
    const inside = '<draw:image xlink:href="Pictures/a.png"/><draw:object xlink:href="./Object 1"/>'
    assert.deepEqual(await links(await openText(inside), 'a.odt'), [0, 0])
    const meta = {
      'meta.xml': '<office:meta><meta:template xlink:href="/usr/share/a.otp"/></office:meta>',
    }
    assert.deepEqual(await links(await openText(undefined, meta), 'a.odt'), [0, 0])
  })

  it('of relationships are found wherever the list of them is cut', async () => {
    const many = Array.from({ length: 4000 }, (_, n) => ({ kind: 'hyperlink', target: `http://a/${n}` }))
    assert.deepEqual(await links(await wordLinking(many), 'a.docx'), [4000, 0])
  })

  it('of a film that PowerPoint names twice count once, as a film', async () => {
    const film = [
      relation('a', `${OFFICE}/video`, 'http://a/f.mp4'),
      relation('b', 'http://schemas.microsoft.com/office/2007/relationships/media', 'http://a/f.mp4'),
    ]
    const { media, externalLinks } = await flagsOf(await wordWith('', film), 'a.docx')
    assert.deepEqual([media, externalLinks.count], [1, 0])
  })

  it('of pictures whose bytes lie in the document too are not missing, in whichever order its parts lie', async () => {
    const both = '<a:blip r:embed="in" r:link="both"/><v:imagedata r:id="in" r:href="web"/>'
    const outside = '<a:blip r:link="out"/><a:blip r:embed="" r:link="none"/><v:imagedata r:id="old"/>'
    const list = ['both', 'web', 'out', 'none', 'old'].map(id =>
      relation(id, `${OFFICE}/image`, 'http://a/b'),
    )
    for (const isFirst of [true, false]) {
      const bytes = await wordWith(both + outside, list, isFirst)
      assert.deepEqual(await links(bytes, 'a.docx'), [0, 3])
    }
  })

  it('of objects, workbooks and letters, of which the document keeps what it shows, are no loss', async () => {
    const kinds = ['oleObject', 'externalLinkPath', 'mailMergeSource']
    const list = kinds.map(kind => relation(kind, `${OFFICE}/${kind}`, 'file:///C:/a'))
    const missing = 'http://schemas.microsoft.com/office/2006/relationships/xlExternalLinkPath/xlPathMissing'
    const again = 'http://schemas.microsoft.com/office/2019/04/relationships/externalLinkLongPath'
    const bytes = await wordWith('', [...list, relation('m', missing, 'a'), relation('l', again, 'a')])
    const { externalLinks, notes } = await flagsOf(bytes, 'a.docx')
    assert.equal(externalLinks.count, 0)
    assert.deepEqual(notes, [note('sources_not_read', { count: 4 })])
  })

  it('may be formulas of a workbook', async () => {
    const parts = await partsOf(await sheet())
    const [name = ''] = Object.keys(parts).filter(part => /worksheets\/[^/]+\.xml$/.test(part))
    const formulas = `<f>HYPERLINK("http://a","x")</f><f>IF(1,HYPERLINK("http://b"))</f><f>HYPERLINK("#A1")</f>`
    parts[name] = String(parts[name]).replace('</sheetData>', `${formulas}$&`)
    assert.deepEqual(await links(await archive(parts), 'a.xlsx'), [2, 0])
    const cell = `<table:table-cell table:formula="of:=HYPERLINK(&quot;http://a&quot;)"/>HYPERLINK("http://a")`
    assert.deepEqual(await links(await openText(cell), 'a.odt'), [1, 0])
  })

  it('may be fields of Word', async () => {
    const fields = `<w:p><w:fldSimple w:instr=" HYPERLINK &quot;http://a&quot; "/><w:r><w:instrText xml:space="preserve"> HYPERLINK "http://b" </w:instrText></w:r><w:r><w:instrText> HYPERLINK \\l "_Toc1" </w:instrText></w:r></w:p>`
    assert.deepEqual(await links(await word(fields), 'a.docx'), [2, 0])
  })

  it('may be fields of RTF', async () => {
    const click = (to: string) => `{\\field{\\*\\fldinst{HYPERLINK ${to} }}{\\fldrslt x}}`
    const picture = (code: string) => `{\\field{\\*\\fldinst {\\rtlch INCLUDEPICTURE ${code}}}{\\fldrslt }}`
    const text = [
      click('"http://a"'),
      click('\\\\l "_Toc1"'),
      picture('"http://a/b.png" \\\\* MERGEFORMAT \\\\d'),
      picture('\\\\d "http://a/b.png"'),
      picture('"http://a/kept.png"'),
    ]
    assert.deepEqual(await links(`{\\rtf1 ${text.join('\\par ')}}`, 'a.rtf'), [1, 2])
  })

  it('may be fields of DOC, whose letters take one byte or two', async () => {
    const text = (address: string) => `\x13 HYPERLINK "${address}" \x14x\x15 \x13 HYPERLINK \\l "a" \x14x\x15`
    const fib = Buffer.alloc(100)
    for (const encoding of ['latin1', 'utf16le'] as const) {
      const stream = Buffer.concat([fib, Buffer.from(text('http://a').repeat(3), encoding)])
      assert.deepEqual(await links(compound({ WordDocument: stream }), 'a.doc'), [3, 0], encoding)
    }
  })

  it('of XLS are records: to click on with a moniker, and other workbooks', async () => {
    const link = (flags: number) => {
      const body = Buffer.alloc(40)
      body.writeUInt32LE(flags, 28)
      return xlsRecord(0x1b8, body)
    }
    const book = (length: number) => {
      const body = Buffer.alloc(4 + 20)
      body.writeUInt16LE(length, 2)
      return xlsRecord(0x1ae, body)
    }
    const begin = xlsRecord(0x809, Buffer.alloc(16))
    const records = [begin, book(0x0401), book(0x3a01), book(1), book(12), link(0x17), link(0x08)]
    const told = await flagsOf(compound({ Workbook: Buffer.concat(records) }), 'a.xls')
    assert.deepEqual([told.links, told.externalLinks.count], [1, 0])
    assert.deepEqual(told.notes, [note('sources_not_read')])
    const many = [begin, ...Array.from({ length: 200_000 }, () => book(12))]
    const { notes } = await flagsOf(compound({ Workbook: Buffer.concat(many) }), 'a.xls')
    assert.deepEqual(notes, [note('sources_not_read', { count: 200_000 })])
  })

  it('of PPT are counted in the newest document of the file, and not those from slide to slide', async () => {
    const text = (instance: number) => pptRecord(0x0fba, instance << 4, Buffer.from('x\0'))
    const hyperlink = (...texts: Buffer[]) =>
      pptRecord(0x0fd7, 15, pptRecord(0x0fd3, 0, Buffer.alloc(4)), ...texts)
    const list = (...all: Buffer[]) => pptRecord(0x0409, 15, pptRecord(0x040a, 0, Buffer.alloc(4)), ...all)
    const out = hyperlink(text(0), text(1))
    const old = pptRecord(0x03e8, 15, list(out, out, out))
    const slide = pptRecord(0x03ee, 15, text(1))
    const last = pptRecord(0x03e8, 15, list(out, hyperlink(text(0), text(3)), out))
    const file = compound({ 'PowerPoint Document': Buffer.concat([old, slide, last]) })
    assert.deepEqual(await links(file, 'a.ppt'), [2, 0])
  })
})

describe('a document that prints where it lies', () => {
  for (const [fileName, content] of [
    ['a.docx', wordWith('<w:r><w:instrText> FILENAME \\p </w:instrText></w:r>', [])],
    ['a.odt', openText('<text:p><text:file-name>x</text:file-name></text:p>')],
    ['a.rtf', '{\\rtf1{\\field{\\*\\fldinst FILENAME \\\\p}{\\fldrslt x}}}'],
  ] as const)
    it(`is known by its fields: ${fileName}`, async () => {
      assert.equal((await flagsOf(await content, fileName)).fileNames, true)
    })

  it('is known by the foot of a sheet', async () => {
    const parts = await partsOf(await sheet())
    const part = 'xl/worksheets/sheet1.xml'
    const foot = '<headerFooter><oddFooter>&amp;L&amp;Z&amp;F</oddFooter></headerFooter></worksheet>'
    const bytes = await archive({ ...parts, [part]: String(parts[part]).replace('</worksheet>', foot) })
    assert.equal((await flagsOf(bytes, 'a.xlsx')).fileNames, true)
    assert.equal((await flagsOf(await archive(parts), 'a.xlsx')).fileNames, undefined)
  })

  it('is known by a head, a foot or a formula of an old workbook, and of OpenDocument', async () => {
    const old = (kind: number, body: string) =>
      compound({
        Workbook: Buffer.concat([
          xlsRecord(kind, Buffer.from(body, 'utf16le')),
          xlsRecord(0x0a, Buffer.alloc(0)),
        ]),
      })
    for (const file of [old(0x14, '&Z&F'), old(0x15, '&L&z')])
      assert.equal((await flagsOf(file, 'a.xls')).fileNames, true)
    const formula = compound({ Workbook: xlsRecord(0x06, Buffer.from('\x17\x08\0FileName', 'latin1')) })
    assert.equal((await flagsOf(formula, 'a.xls')).fileNames, true)
    assert.equal((await flagsOf(old(0x15, '&F'), 'a.xls')).fileNames, undefined)
    const cell = '<table:table-cell table:formula="of:=CELL(&quot;filename&quot;)"/>'
    assert.equal((await flagsOf(flat('spreadsheet', cell), 'a.fods')).fileNames, true)
  })
})

describe('a link with the default character style', () => {
  const link = (style: string) =>
    `<text:p text:style-name="Standard"><text:a xlink:type="simple" xlink:href="#x"${style}>x</text:a></text:p>`
  const styled = (name: string) => link(` text:style-name="${name}" text:visited-style-name="Standard"`)

  it('is noticed in an OpenDocument text, in its body or in its styles', async () => {
    for (const name of ['Standard', 'No_20_Character_20_Style', 'Default', 'Default_20_Style']) {
      assert.equal((await flagsOf(await openText(styled(name)), 'a.odt')).unstyledLinks, true, name)
      assert.equal((await flagsOf(flat('text', styled(name)), 'a.fodt')).unstyledLinks, true, name)
    }
    const parts = { 'styles.xml': `<x xmlns:text="t" xmlns:xlink="l">${styled('Standard')}</x>` }
    assert.equal((await flagsOf(await openText(undefined, parts), 'a.odt')).unstyledLinks, true)
  })

  it('is none with another style, or without one', async () => {
    for (const other of [link(''), styled('Internet_20_link'), styled('Default_20_Styles')])
      assert.equal((await flagsOf(await openText(other), 'a.odt')).unstyledLinks, undefined)
  })
})
