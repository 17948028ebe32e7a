import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { create, parse } from 'content-disposition'
import { cleanFileName } from '#lib/file-name.ts'
import { resultFileName } from '#lib/vocabulary/formats.ts'

/** What users send, and what their browsers save. */
const NAMES: [sent: string, saved: string][] = [
  ['deck.pptx', 'deck.pdf'],
  ['-rf.pptx', '-rf.pdf'],
  ['a"b\\c".pptx', 'c".pdf'],
  [`it's; filename=evil.exe.pptx`, `it's; filename=evil.exe.pdf`],
  ['de\r\nSet-Cookie: a=b\r\n\r\nck.pptx', 'deSet-Cookie: a=bck.pdf'],
  ['%2e%2e%2fetc%2fpasswd.pptx', '%2e%2e%2fetc%2fpasswd.pdf'],
  ['\u202Exfdp.exe.pptx', 'xfdp.exe.pdf'],
  ['Отчёт “за год”.docx', 'Отчёт “за год”.pdf'],
  ['報告.xlsx', '報告.pdf'],
  ['../../etc/passwd', 'passwd.pdf'],
  ['', 'document.pdf'],
  ['CON.pptx', 'CON.pdf'],
]

describe('the name under which a result is offered', () => {
  for (const [sent, saved] of NAMES)
    it(`is ${JSON.stringify(saved)} for ${JSON.stringify(sent)}`, () => {
      const name = resultFileName(cleanFileName(sent), 'pdf')
      const header = create(name, { type: 'attachment' })
      // RFC 6266 and 7230: one line of visible ASCII, whatever the name.
      assert.match(header, /^attachment; filename[\x20-\x7e]+$/)
      assert.equal(parse(header).parameters.filename, saved)
      assert.doesNotThrow(() => new Headers({ 'content-disposition': header }))
    })

  it('stays short enough for every file system', () => {
    const name = resultFileName(cleanFileName(`${'ж'.repeat(400)}.odp`), 'pdf')
    assert.ok(Buffer.byteLength(name) <= 255, String(Buffer.byteLength(name)))
  })
})
