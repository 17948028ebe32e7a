import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { deep, nameInName } from '#test/documents/growing.ts'
import { openText, word } from '#test/documents/packages.ts'
import { assertRefused, formatOf } from './expect.ts'

describe('a look at files of markup', () => {
  const flat = (body: string) =>
    `<?xml version="1.0"?><office:document xmlns:office="o" office:mimetype="application/vnd.oasis.opendocument.text">${body}</office:document>`

  it('holds drawings, flat documents and web pages to the same limits', async () => {
    const limits = { depth: 20 }
    await assertRefused([`<svg>${deep(30, 'g')}</svg>`, 'a.svg', limits], 'too_deeply_nested')
    await assertRefused([flat(deep(30)), 'a.fodt', limits], 'too_deeply_nested')
    await assertRefused([`<html>${deep(30, 'table')}</html>`, 'a.html', limits], 'too_deeply_nested')
    await assertRefused([`${nameInName('svg')}<svg>&b;</svg>`, 'a.svg'], 'xml_entities')
  })

  it('goes by the content under another extension', async () => {
    assert.equal(await formatOf(flat('x'), 'letter.doc'), 'fodt')
    assert.equal(await formatOf('<html><p>x</p></html>', 'letter.docx'), 'html')
    await assertRefused([flat('x'), 'deck.pptx'], 'type_mismatch', /a flat OpenDocument text named \.pptx/)
    await assertRefused([flat(deep(30)), 'letter.doc', { depth: 20 }], 'too_deeply_nested')
  })

  it('forgives web pages what they forget to close', async () => {
    assert.equal(await formatOf(`<html>${'<p><font><br>'.repeat(5000)}</html>`, 'a.html'), 'html')
    assert.equal(await formatOf(`<html>${'<div>x</div>'.repeat(5000)}</html>`, 'a.html'), 'html')
  })

  it('reads UTF-16 as well, and refuses encodings in which markup hides', async () => {
    const danger = `\ufeff<?xml version="1.0" encoding="UTF-16"?>${nameInName('a')}<a>&b;</a>`
    const little = Buffer.from(danger, 'utf16le')
    const encoded = [
      little,
      Buffer.from(little).swap16(),
      little.subarray(2),
      Buffer.from(little).swap16().subarray(2),
    ]
    for (const part of encoded) {
      await assertRefused([await word(undefined, { 'word/a.xml': part }), 'a.docx'], 'xml_entities')
      await assertRefused([await openText(undefined, { picture: part }), 'a.odt'], 'xml_entities')
    }
    for (const encoding of ['UTF-7', 'IBM037', 'ISO-2022-JP', 'UTF-32', 'nonsense']) {
      const part = `<?xml version="1.0" encoding="${encoding}"?><a/>`
      const made = await word(undefined, { 'word/a.xml': part })
      await assertRefused([made, 'a.docx'], 'corrupt_file', /an encoding that nobody uses/)
    }
    const ebcdic = Buffer.from('4c6fa7949340a58599a2899695', 'hex')
    await assertRefused([await word(undefined, { 'word/a.xml': ebcdic }), 'a.docx'], 'corrupt_file', /EBCDIC/)
  })

  it('takes the encodings that are used', async () => {
    for (const encoding of [
      'utf-8',
      'UTF8',
      'ISO-8859-15',
      'windows-1251',
      'Shift_JIS',
      'GB18030',
      'euc-kr',
    ]) {
      const part = `<?xml version="1.0" encoding="${encoding}"?><a/>`
      assert.equal(await formatOf(await word(undefined, { 'word/a.xml': part }), 'a.docx'), 'docx')
    }
  })
})
