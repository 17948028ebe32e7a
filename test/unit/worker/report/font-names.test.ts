import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { cpuMs } from '#test/cpu-time.ts'
import { type FontSyntax, fontNamesIn } from '#worker/report/font-names.ts'

describe('names of fonts', () => {
  const cases: [string, FontSyntax, string, string[][]][] = [
    [
      'in runs, lists of fonts and styles of Office',
      'ooxml',
      '<w:font w:name="Gill Sans MT"/><w:rFonts w:ascii="Calibri" w:eastAsia="ＭＳ 明朝"/><name val="Aptos &amp; Co"/><rFont val="Inter"/>',
      [['Gill Sans MT'], ['Calibri'], ['ＭＳ 明朝'], ['Aptos & Co'], ['Inter']],
    ],
    [
      'in slides and themes, but neither references nor the sixty fonts for other scripts',
      'ooxml',
      '<a:latin typeface="Gotham"/><a:ea typeface=""/><a:latin typeface="+mn-lt"/><a:font script="Jpan" typeface="MS Gothic"/><a:buFont typeface="Wingdings"/>',
      [['Gotham'], ['Wingdings']],
    ],
    [
      'and nothing else that has a name or a language',
      'ooxml',
      '<w:name w:val="Heading 1"/><w:lang w:eastAsia="zh-CN"/><p:cNvPr name="Title 1"/>',
      [],
    ],
    [
      'in OpenDocument, with what the author wants instead',
      'odf',
      `<style:font-face style:name="Arial1" svg:font-family="Arial, 'Liberation Sans'"/><style:text-properties fo:font-family="&apos;Open Sans&apos;"/>`,
      [['Arial', 'Liberation Sans'], ['Open Sans']],
    ],
    [
      'in rich text, once for all code pages',
      'rtf',
      '{\\rtf1{\\fonttbl{\\f0\\fbidi \\froman\\fcharset0\\fprq2{\\*\\panose 02020603050405020304}Times New Roman{\\*\\falt Times};}\n{\\f1\\fswiss Calibri CE;}}{\\f1 no name;}}',
      [['Times New Roman'], ['Calibri']],
    ],
    [
      'in styles of web pages and drawings',
      'css',
      '<p style="font-family: Gotham, &quot;Open Sans&quot;, sans-serif"><text font-family="Lato">',
      [['Gotham', 'Open Sans'], ['Lato']],
    ],
  ]
  for (const [where, dialect, text, expected] of cases)
    it(`are found ${where}`, () => assert.deepEqual(fontNamesIn(text, dialect), expected))

  it('are looked for in linear time, however a text is made', () => {
    const traps: [FontSyntax, string][] = [
      ['ooxml', '<a:latin '.repeat(60_000)],
      ['ooxml', `<rFonts ${'w:ascii="'.repeat(60_000)}`],
      ['odf', 'svg:font-family="'.repeat(30_000)],
      ['css', 'font-family:'.repeat(40_000)],
      ['rtf', '{\\fonttbl'.repeat(50_000)],
      ['rtf', `{\\fonttbl${'{\\f0\\fnil '.repeat(50_000)}}}`],
      ['rtf', `{\\fonttbl{\\f0${'\\a'.repeat(200_000)}}}`],
    ]
    for (const [dialect, text] of traps) {
      const began = cpuMs()
      fontNamesIn(text, dialect)
      assert.ok(cpuMs() - began < 2000, `${dialect} ${text.slice(0, 20)}`)
    }
  })
})
