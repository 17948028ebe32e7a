import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { sourceOfBuffer } from '#lib/scan/source.ts'
import { scan } from '#lib/scan.ts'
import { archive, partsOf } from '#test/documents/archive.ts'
import { deck } from '#test/documents/deck.ts'
import { flat } from '#test/documents/flat.ts'
import { lockedDeck } from '#test/documents/locked.ts'
import { openText, word } from '#test/documents/packages.ts'
import { openTextWithHiddenText, trackedBody, wordWithHiddenText } from '#test/documents/reviewed.ts'
import { compound } from '#test/documents/sample-compound.ts'
import { sheet } from '#test/documents/sheet.ts'

async function seen(content: Buffer | string, fileName: string) {
  const { flags } = await scan(sourceOfBuffer(Buffer.from(content)), fileName)
  const { hiddenText, hiddenRows, trackedChanges, comments } = flags
  return { hiddenText, hiddenRows, trackedChanges, comments }
}
const NOTHING = { hiddenText: false, hiddenRows: false, trackedChanges: 0, comments: 0 }

async function changed(
  document: Buffer,
  part: string,
  [from, to]: [from: string | RegExp, to: string],
): Promise<Buffer> {
  const parts = await partsOf(document)
  return archive({ ...parts, [part]: String(parts[part]).replace(from, to) })
}

describe('what a document holds and does not plainly show', () => {
  it('is nothing in plain documents', async () => {
    for (const [content, fileName] of [
      [await word(), 'a.docx'],
      [await openText(), 'a.odt'],
      [await sheet(), 'a.xlsx'],
      [await deck(), 'a.pptx'],
      ['{\\rtf1 \\viewkind4 \\v0 x}', 'a.rtf'],
    ] as const)
      assert.deepEqual(await seen(content, fileName), NOTHING, fileName)
  })

  it('is seen in texts: hidden text, changes that wait, comments', async () => {
    assert.equal((await seen(await wordWithHiddenText(), 'a.docx')).hiddenText, true)
    assert.equal((await seen(openTextWithHiddenText(), 'a.fodt')).hiddenText, true)
    assert.equal((await seen('{\\rtf1 {\\v x}}', 'a.rtf')).hiddenText, true)
    assert.ok(Number((await seen(await word(trackedBody()), 'a.docx')).trackedChanges) > 8)
    const rtf = '{\\rtf1 {\\revised x}{\\deleted y}{\\*\\annotation z}}'
    assert.deepEqual(await seen(rtf, 'a.rtf'), { ...NOTHING, trackedChanges: 2, comments: 1 })
    const noted = '<text:p>a<office:annotation><text:p>b</text:p></office:annotation></text:p>'
    assert.deepEqual(await seen(await openText(noted), 'a.odt'), { ...NOTHING, comments: 1 })
    const comments = '<w:comments><w:comment w:id="0"/><w:comment w:id="1"/></w:comments>'
    assert.deepEqual(await seen(await word(undefined, { 'word/comments.xml': comments }), 'a.docx'), {
      ...NOTHING,
      comments: 2,
    })
  })

  it('is not what says that something is not hidden, nor what lies among the building blocks', async () => {
    const off = '<w:p><w:r><w:rPr><w:vanish w:val="0"/><w:webHidden/></w:rPr><w:t>x</w:t></w:r></w:p>'
    assert.deepEqual(await seen(await word(off), 'a.docx'), NOTHING)
    const block = { 'word/glossary/document.xml': '<w:a><w:vanish/><w:ins w:id="1"/></w:a>' }
    assert.deepEqual(await seen(await word(undefined, block), 'a.docx'), NOTHING)
  })

  it('is seen in workbooks and presentations: hidden rows and columns, comments', async () => {
    const xlsx = await sheet()
    const hidden = await changed(xlsx, 'xl/worksheets/sheet1.xml', ['<row ', '<row hidden="1" '])
    assert.deepEqual(await seen(hidden, 'a.xlsx'), { ...NOTHING, hiddenRows: true })
    const commented = await archive({
      ...(await partsOf(xlsx)),
      'xl/comments1.xml': '<comments><commentList><comment ref="A1"/></commentList></comments>',
    })
    assert.deepEqual(await seen(commented, 'a.xlsx'), { ...NOTHING, comments: 1 })
    const slides = await archive({
      ...(await partsOf(await deck())),
      'ppt/comments/comment1.xml': '<p:cmLst><p:cm idx="1"/></p:cmLst>',
    })
    assert.deepEqual(await seen(slides, 'a.pptx'), { ...NOTHING, comments: 1 })
    const table = '<table:table table:name="t"><table:table-row table:visibility="collapse"/></table:table>'
    assert.equal((await seen(flat('spreadsheet', table), 'a.fods')).hiddenRows, true)
  })

  it('is seen in Excel up to 2003, by records', async () => {
    const record = (kind: number, body: Buffer) => {
      const head = Buffer.alloc(4)
      head.writeUInt16LE(kind, 0)
      head.writeUInt16LE(body.length, 2)
      return Buffer.concat([head, body])
    }
    const row = (flags: number) =>
      record(0x208, Buffer.concat([Buffer.alloc(12), Buffer.from([flags, 1, 0, 0])]))
    const book = (...records: Buffer[]) => compound({ Workbook: Buffer.concat(records) })
    assert.deepEqual(await seen(book(row(0)), 'a.xls'), NOTHING)
    assert.deepEqual(await seen(book(row(0x20), record(0x1c, Buffer.alloc(8))), 'a.xls'), {
      ...NOTHING,
      hiddenRows: true,
      comments: 1,
    })
    const column = Buffer.alloc(12)
    column[8] = 1
    assert.equal((await seen(book(record(0x7d, column)), 'a.xls')).hiddenRows, true)
  })

  it('is for LibreOffice to tell of Word up to 2003, but for its comments', async () => {
    const fib = Buffer.alloc(512)
    fib.writeUInt16LE(0xc1, 2)
    fib.writeUInt32LE(2 * 34 + 4, 190)
    const doc = await seen(compound({ WordDocument: fib }), 'a.doc')
    assert.deepEqual(doc, { ...NOTHING, trackedChanges: undefined, comments: 2 })
    const vanishing = Buffer.concat([fib, Buffer.from([0x3c, 0x08, 0x01])])
    assert.equal((await seen(compound({ WordDocument: vanishing }), 'a.doc')).hiddenText, true)
  })

  it('is for LibreOffice to tell of a document that is locked', async () => {
    const { flags } = await scan(sourceOfBuffer(await lockedDeck()), 'a.pptx', { hasPassword: true })
    assert.deepEqual([flags.hiddenText, flags.hiddenRows, flags.trackedChanges], [true, true, undefined])
  })
})
