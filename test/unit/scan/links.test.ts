import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { sourceOfBuffer } from '#lib/scan/source.ts'
import { scan } from '#lib/scan.ts'
import { compound } from '#test/documents/compound.ts'
import { openText, word, wordLinking } from '#test/documents/packages.ts'

/** How many links are to click on, how many would be fetched. */
async function links(content: Buffer | string, fileName: string): Promise<[number, number]> {
  const { flags } = await scan(sourceOfBuffer(Buffer.from(content)), fileName)
  return [flags.links ?? 0, flags.externalLinks.count]
}

/** A record of [MS-XLS]. */
function xlsRecord(kind: number, body: Buffer): Buffer {
  const head = Buffer.alloc(4)
  head.writeUInt16LE(kind)
  head.writeUInt16LE(body.length, 2)
  return Buffer.concat([head, body])
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
    const body = `<img src="pictures/a.png"><a href="b.html">x</a><a href="#here">x</a><a href="javascript:go()">x</a><area href="mailto:a@b.c"><img src="data:image/png;base64,x">`
    assert.deepEqual(await links(`<html><head>${head}</head><body>${body}</body></html>`, 'a.html'), [2, 3])
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

  it('of a film that PowerPoint names twice count once', async () => {
    const xml = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/video" Target="http://a/f.mp4" TargetMode="External"/><Relationship Id="b" Type="http://schemas.microsoft.com/office/2007/relationships/media" Target="http://a/f.mp4" TargetMode="External"/></Relationships>`
    const parts = { 'word/_rels/document.xml.rels': xml }
    assert.deepEqual(await links(await word(undefined, parts), 'a.docx'), [0, 1])
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
    assert.deepEqual(await links(compound({ Workbook: Buffer.concat(records) }), 'a.xls'), [1, 1])
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
