import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { sourceOfBuffer } from '#lib/scan/source.ts'
import { scan } from '#lib/scan.ts'
import type { AppError } from '#lib/vocabulary/errors.ts'
import { noteView } from '#lib/vocabulary/notes.ts'
import { cpuMs } from '#test/cpu-time.ts'
import { textNamedPptx } from '#test/documents/broken.ts'
import { excel2003, word2003 } from '#test/documents/office-2003.ts'
import { assertRefused, formatOf } from './expect.ts'

const SPREADSHEET = excel2003([[1]])
const WORD = word2003('x')

async function nextStepFor(content: string, fileName: string): Promise<string> {
  const error: AppError = await scan(sourceOfBuffer(Buffer.from(content)), fileName).then(
    () => assert.fail('it was taken'),
    error => error,
  )
  return error.toJobError().nextStep
}

describe('a scan of texts', () => {
  it('names both sides when a text is named .pptx', async () => {
    const sentence = /^This is not a PowerPoint presentation: it is a plain text named \.pptx\.$/
    await assertRefused([textNamedPptx(), 'deck.pptx'], 'type_mismatch', sentence)
  })

  it('takes plain text only under a name that claims a text', async () => {
    assert.equal(await formatOf('hello', 'a.txt'), 'txt')
    assert.equal(await formatOf('a,b\n1,2\n', 'a.csv'), 'csv')
    assert.equal(await formatOf('a\tb\n', 'a.tsv'), 'tsv')
    for (const name of ['hello', 'hello.log']) {
      await assertRefused(['hello', name], 'unsupported_format', /\(a plain text\)/)
    }
    await assertRefused(['hello', 'a.docx'], 'type_mismatch', /a plain text named \.docx/)
    // Word asks nobody before it opens one.
    assert.equal(await formatOf('hello', 'a.doc'), 'txt')
  })

  it('reads UTF-8, UTF-16 and 8-bit texts in any language', async () => {
    const text = 'Привет, мир\nこんにちは\n'
    assert.equal(await formatOf(text, 'a.txt'), 'txt')
    assert.equal(await formatOf(Buffer.from(`\ufeff${text}`, 'utf16le'), 'a.txt'), 'txt')
    assert.equal(await formatOf(Buffer.from(`\ufeff${text}`, 'utf16le').swap16(), 'a.txt'), 'txt')
    assert.equal(
      await formatOf(Buffer.from('cf f0 e8 e2 e5 f2 0d 0a'.replaceAll(' ', ''), 'hex'), 'a.txt'),
      'txt',
    )
    assert.equal(await formatOf('page one\fpage two\n'.repeat(20), 'a.txt'), 'txt')
  })

  it('does not mistake a table for a picture because of how it begins', async () => {
    assert.equal(await formatOf('BMI,Age\n22,40\n', 'a.csv'), 'csv')
    assert.equal(await formatOf('ID3,Name\n', 'a.csv'), 'csv')
  })

  it('refuses bytes that are no text under the name of one', async () => {
    await assertRefused([Buffer.alloc(500), 'a.txt'], 'corrupt_file', /nothing in it looks like a plain text/)
  })

  it('knows web pages, drawings and rich texts by themselves', async () => {
    assert.equal(await formatOf('<!DOCTYPE html><p>x', 'page.htm'), 'html')
    assert.equal(await formatOf('\ufeff \n<HTML><body>x', 'page'), 'html')
    assert.equal(await formatOf('<meta charset="utf-8"><p>x</p>', 'page'), 'html')
    assert.equal(await formatOf('<!-- a > b --><svg xmlns="http://www.w3.org/2000/svg"/>', 'a.svg'), 'svg')
    const old = '<?xml version="1.0"?><!DOCTYPE svg PUBLIC "x" "y" [<!ENTITY ns "z">]><svg:svg/>'
    assert.equal(await formatOf(old, 'a.svg'), 'svg')
    assert.equal(await formatOf('{\\rtf1\\ansi hello}', 'a.rtf'), 'rtf')
    assert.equal(await formatOf('{\\rtf1\\ansi hello}', 'a.doc'), 'rtf')
  })

  it('leaves a web page that is named .txt a text, and takes a fragment under the name of a page', async () => {
    assert.equal(await formatOf('<!DOCTYPE html><p>x', 'source.txt'), 'txt')
    assert.equal(await formatOf('<p>just a paragraph', 'part.html'), 'html')
  })

  it('takes tables by the name of a workbook, as web applications write them', async () => {
    const cases: [string, string][] = [
      ['<html><body><table><tr><td>1</td></tr></table></body></html>', 'html-table'],
      ['<meta charset="utf-8"><style>td {}</style><table><tr><td>1</table>', 'html-table'],
      ['Report of May<br>\n<TABLE><TR><TH>1</TH></TR></TABLE>', 'html-table'],
      [SPREADSHEET, 'spreadsheetml'],
      ['Name\tSum\nMüller\t42\n', 'tsv'],
      ['Name,Sum\nMüller,42\n', 'csv'],
      ['"a, b";Sum\n"c";42\n', 'csv'],
    ]
    for (const [content, format] of cases)
      for (const name of ['export.xls', 'export.xlsx']) assert.equal(await formatOf(content, name), format)
  })

  it('tells by what it took a file that is named otherwise', async () => {
    const { flags } = await scan(sourceOfBuffer(Buffer.from(SPREADSHEET)), 'export.XLS')
    const [told] = (flags.notes ?? []).map(noteView)
    assert.equal(
      told?.message,
      'The file is named .xls but is an Excel 2003 XML workbook: it was read as that.',
    )
    for (const name of ['export.xml', 'export'])
      assert.deepEqual((await scan(sourceOfBuffer(Buffer.from(SPREADSHEET)), name)).flags.notes, undefined)
  })

  it('names what is no table by the name of a workbook', async () => {
    const cases: [string, RegExp][] = [
      ['<html><body>Please sign in</body></html>', /a web page named \.xls/],
      ['Dear Sir, or Madam,\nyours, truly, and so on, and on\n', /a plain text named \.xls/],
      ['{"error": "no session", "code": 401}', /a plain text named \.xls/],
      [WORD, /a Word 2003 XML document named \.xls/],
    ]
    for (const [content, sentence] of cases)
      await assertRefused([content, 'export.xls'], 'type_mismatch', sentence)
  })

  it('takes Word 2003 XML and web pages by the name of a Word document', async () => {
    assert.equal(await formatOf(WORD, 'letter.doc'), 'wordml')
    assert.equal(await formatOf(WORD, 'letter.xml'), 'wordml')
    assert.equal(await formatOf('<html><p>x</p></html>', 'letter.doc'), 'html')
    await assertRefused(
      [SPREADSHEET, 'letter.doc'],
      'type_mismatch',
      /an Excel 2003 XML workbook named \.doc/,
    )
  })

  it('tells what LibreOffice leaves out of an Excel 2003 XML workbook', async () => {
    const rich = SPREADSHEET.replace('<Cell>', '<Cell ss:HRef="http://example.org/"><Comment/>').replace(
      '</Worksheet>',
      '<WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet>',
    )
    const { flags } = await scan(sourceOfBuffer(Buffer.from(rich)), 'a.xml')
    const codes = (flags.notes ?? []).map(({ code }) => code)
    assert.deepEqual(codes, ['cell_links_lost', 'cell_comments_lost', 'hidden_sheet_shown'])
  })

  it('knows old tables that are texts', async () => {
    assert.equal(await formatOf('ID;PWXL;N;E\r\nC;X1;Y1;K"a"\r\nE\r\n', 'a.slk'), 'slk')
    assert.equal(await formatOf('TABLE\r\n0,1\r\n"a"\r\nVECTORS\r\n', 'a.dif'), 'dif')
    assert.equal(await formatOf('<html xmlns="http://www.w3.org/1999/xhtml"/>', 'a.xhtml'), 'html')
  })

  it('names XML that is no document, and says what to do', async () => {
    await assertRefused(['<?xml version="1.0"?><data/>', 'data.xml'], 'unsupported_format', /an XML file/)
    const flat =
      '<?xml version="1.0"?><p:package xmlns:p="http://schemas.microsoft.com/office/2006/xmlPackage"/>'
    await assertRefused([flat, 'letter.xml'], 'unsupported_format', /a Word document as one XML file/)
    assert.match(await nextStepFor('a,b\n1,2\n', 'data'), /ends in \.csv/)
    assert.match(await nextStepFor('a\tb\n1\t2\n', 'data'), /ends in \.tsv/)
    assert.match(await nextStepFor('hello', 'readme'), /ends in \.txt/)
  })

  it('comes to an end on markup that never does', async () => {
    const started = cpuMs()
    for (const part of ['<!--', '<!DOCTYPE [', '<', ' ', '<?', '<a ', "<a b='"]) {
      await assertRefused([part.repeat(20_000), 'a.svg'], 'type_mismatch')
    }
    assert.ok(cpuMs() - started < 2000)
  })
})
