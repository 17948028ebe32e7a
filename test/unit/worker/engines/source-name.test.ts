import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { sourceNameOf } from '#worker/engines/source-name.ts'

describe('the name of a source where LibreOffice sees it', () => {
  for (const [fileName, format, name] of [
    ['Quarterly report.docx', 'docx', 'Quarterly report.docx'],
    ['Zahlen.csv', 'xlsx', 'Zahlen.csv'],
    ['report', 'docx', 'report.docx'],
    ['report v1.2', 'odt', 'report v1.2.odt'],
    ['../../etc/passwd', 'txt', 'passwd.txt'],
    ['-x\n.pptx', 'pptx', '-x.pptx'],
    [undefined, 'pptx', 'document.pptx'],
  ] as const)
    it(`is what its sender called it, made safe: ${JSON.stringify(fileName)}`, () =>
      assert.equal(sourceNameOf({ fileName, format }), name))

  it('fits into a folder, with its extension', () => {
    const name = sourceNameOf({ fileName: `${'é'.repeat(400)}.docx`, format: 'docx' })
    assert.ok(Buffer.byteLength(name) <= 255 && name.endsWith('é.docx'))
  })
})
