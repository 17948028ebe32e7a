import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { cpuMs } from '#test/cpu-time.ts'
import { textNamedPptx } from '#test/documents/broken.ts'
import { assertRefused, formatOf } from './expect.ts'

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
    await assertRefused(['hello', 'a.doc'], 'type_mismatch', /a plain text named \.doc/)
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

  it('names a web page that pretends to be a workbook, as some exports are', async () => {
    await assertRefused(
      ['<html><table></table></html>', 'export.xls'],
      'type_mismatch',
      /a web page named \.xls/,
    )
  })

  it('names XML that is no document', async () => {
    await assertRefused(['<?xml version="1.0"?><data/>', 'data.xml'], 'unsupported_format', /an XML file/)
    const word = '<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>'
    await assertRefused([word, 'letter.doc'], 'type_mismatch', /an Office 2003 XML file named \.doc/)
  })

  it('comes to an end on markup that never does', async () => {
    const started = cpuMs()
    for (const part of ['<!--', '<!DOCTYPE [', '<', ' ', '<?', '<a ', "<a b='"]) {
      await assertRefused([part.repeat(20_000), 'a.svg'], 'type_mismatch')
    }
    assert.ok(cpuMs() - started < 2000)
  })
})
