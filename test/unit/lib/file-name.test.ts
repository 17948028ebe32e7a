import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { cleanFileName } from '#lib/file-name.ts'
import { cpuMs } from '#test/cpu-time.ts'

describe('a file name from a user', () => {
  it('stays as it is when it is harmless', () => {
    for (const name of [
      'deck.pptx',
      'Отчёт за год.docx',
      '報告 (1).xlsx',
      'a.b.c.odt',
      'no extension',
      '👩‍👩‍👧.png',
    ]) {
      assert.equal(cleanFileName(name), name)
    }
  })

  it('loses its folders, of whatever system', () => {
    assert.equal(cleanFileName('/etc/passwd'), 'passwd')
    assert.equal(cleanFileName('..\\..\\windows\\deck.pptx'), 'deck.pptx')
    assert.equal(cleanFileName('C:\\fakepath\\deck.pptx'), 'deck.pptx')
    assert.equal(cleanFileName('a\\b/c\\deck.pptx'), 'deck.pptx')
  })

  it('loses control characters and line breaks', () => {
    assert.equal(cleanFileName('de\0ck\r\nX-Evil: 1.pptx'), 'deckX-Evil: 1.pptx')
    assert.equal(cleanFileName('a\u2028b\u2029c\u0085.txt'), 'abc.txt')
  })

  it('loses marks that turn the direction of writing and hide the true extension', () => {
    const turning = [
      '\u202a',
      '\u202b',
      '\u202d',
      '\u202e',
      '\u2066',
      '\u2067',
      '\u2069',
      '\u200e',
      '\u200f',
      '\u061c',
    ]
    for (const mark of turning) assert.equal(cleanFileName(`invoice${mark}xtpp.exe`), 'invoicextpp.exe')
  })

  it('keeps right-to-left letters and the joiners they are written with', () => {
    assert.equal(cleanFileName('می‌خواهم.docx'), 'می‌خواهم.docx')
  })

  it('is cut to 255 bytes between characters, with its extension', () => {
    const cut = cleanFileName(`${'ж'.repeat(300)}.pptx`)
    assert.equal(cut, `${'ж'.repeat(125)}.pptx`)
    const family = cleanFileName(`${'👩‍👩‍👧'.repeat(40)}.png`)
    assert.ok(Buffer.byteLength(family) <= 255)
    assert.match(family, /^(👩‍👩‍👧)+\.png$/u)
  })

  it('is not cut when it has exactly 255 bytes', () => {
    const name = `${'x'.repeat(250)}.pptx`
    assert.equal(cleanFileName(name), name)
  })

  it('takes a very long ending for no extension', () => {
    const cut = cleanFileName(`deck.${'x'.repeat(400)}`)
    assert.equal(Buffer.byteLength(cut), 255)
    assert.ok(cut.startsWith('deck.xxx'))
  })

  it('is never empty, and never a path to a folder', () => {
    for (const name of ['', '.', '..', '/', 'folder/', ' ', '\0', '\u202e', '...', ' . ']) {
      assert.equal(cleanFileName(name), 'document', JSON.stringify(name))
    }
    assert.equal(cleanFileName('.pptx'), 'document.pptx')
  })

  it('is well-formed text in one normal form', () => {
    assert.equal(cleanFileName('a\ud800b.txt'), 'a\ufffdb.txt')
    assert.equal(cleanFileName('re\u0301sume\u0301.txt'), 'résumé.txt')
  })

  it('is only a name: what a shell, a URL or a system would take for more stays a letter', () => {
    for (const name of [
      '-rf.pptx',
      '--help.docx',
      '$(id).odt',
      '`id`;x.txt',
      '%2e%2e%2fetc.txt',
      'CON.pptx',
      '~.odt',
    ]) {
      assert.equal(cleanFileName(name), name)
    }
    assert.equal(cleanFileName('a"b\'c.pptx'), 'a"b\'c.pptx')
    assert.equal(cleanFileName('line\nbreak\ttab.pptx'), 'linebreaktab.pptx')
  })

  it('is made in a moment from a megabyte', () => {
    const started = cpuMs()
    assert.equal(Buffer.byteLength(cleanFileName(`${'x'.repeat(1_000_000)}.pptx`)), 255)
    for (const hostile of [' ', '. ', '\u202e', '\u0301']) {
      const name = cleanFileName(`x${hostile.repeat(1_000_000)}x.pptx`)
      assert.ok(name.endsWith('.pptx') && Buffer.byteLength(name) <= 255, name.slice(0, 300))
    }
    assert.ok(cpuMs() - started < 1000)
  })
})
