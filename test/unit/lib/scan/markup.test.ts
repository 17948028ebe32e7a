import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Markup } from '#lib/scan/markup.ts'
import { SCAN_LIMITS } from '#lib/scan/scan-limits.ts'
import { cpuMs } from '#test/cpu-time.ts'
import { deep, longName, nameInName } from '#test/documents/growing.ts'
import type { Lowered } from './expect.ts'

const DEPTH = 30

/** The code of the refusal, or `fine`; the text is read in pieces of every size. */
function look(text: string, limits: Lowered = {}): string {
  const answers = [1, 2, 3, 7, 64, text.length].map(step => {
    const markup = new Markup(text.length, { ...SCAN_LIMITS, depth: DEPTH, ...limits })
    try {
      for (let at = 0; at < text.length; at += step)
        markup.push(Buffer.from(text.slice(at, at + step), 'latin1'))
      markup.end()
      return 'fine'
    } catch (error) {
      return (error as { code: string }).code
    }
  })
  assert.equal(new Set(answers).size, 1, `${text.slice(0, 80)}: ${answers}`)
  return answers[0] ?? ''
}

/** The same answer as for so many levels around what may hide one. */
const wrapped = (inner: string, levels: number) => look(`${'<a>'.repeat(levels)}${inner}`)

/** Whether it tells that a parser would stop before the end. */
function isBroken(text: string): boolean {
  const markup = new Markup(text.length, SCAN_LIMITS)
  markup.push(Buffer.from(text, 'latin1'))
  markup.end()
  return markup.isBroken
}

describe('a look at markup', () => {
  it('sees that a parser would stop at an ampersand, or miss an end', () => {
    for (const text of [
      '<a>Smith & Sons</a>',
      '<a>R&D and more</a>',
      '<a>&nbsp;and more</a>',
      '<a>&#11;</a>',
      '<a>&#x1F;</a>',
      '<a>a\x0bb</a>',
      '<a><b></a>',
      '<a',
      '<a><!-- ',
    ])
      assert.equal(isBroken(text), true, text)
    assert.equal(isBroken('<a/></a>'), true)
  })

  it('is not deceived where a chunk ends within a name', () => {
    const text = '<a>&quot;&#10;&#x9;&#65;&apos;</a>'
    for (let at = 1; at < text.length; at++) {
      const markup = new Markup(text.length, SCAN_LIMITS)
      for (const piece of [text.slice(0, at), text.slice(at)]) markup.push(Buffer.from(piece))
      markup.end()
      assert.equal(markup.isBroken, false, String(at))
    }
  })

  it('takes for whole what a parser reads to its end', () => {
    for (const text of [
      '<a>&amp;&lt;&gt;&quot;&apos;&#38;&#x26; and more</a>',
      '<a><!-- & --><![CDATA[ & ]]><?x & ?>text</a>',
      '<!DOCTYPE svg [<!ENTITY ns "x">]><svg>&ns; and more</svg>',
      '<a b="&amp;"><c/></a>\n',
    ])
      assert.equal(isBroken(text), false, text)
  })

  it('counts elements in elements, and nothing else', () => {
    assert.equal(look(deep(DEPTH)), 'fine')
    assert.equal(look(deep(DEPTH + 1)), 'too_deeply_nested')
    assert.equal(look('<a/>'.repeat(1000)), 'fine')
    assert.equal(look('<a></a>'.repeat(1000)), 'fine')
    assert.equal(look(`<a b='/' c="x"/>`.repeat(1000)), 'fine')
    assert.equal(look('<!-- <a> --><![CDATA[<a>]]><?a <a> ?>'.repeat(1000)), 'fine')
  })

  it('is not deceived by what only looks like an end', () => {
    for (const disguise of [
      '<b c="/>">',
      `<b c='"/>'>`,
      '<b c="</b>">',
      '<!-- </a> --><b>',
      '<!--></a>--><b>',
      '<![CDATA[</a>]]><b>',
      '<?x </a> ?><b>',
      '<![CDATA[]]]]><b>',
    ]) {
      assert.equal(wrapped(disguise, DEPTH - 1), 'fine', disguise)
      assert.equal(wrapped(disguise, DEPTH), 'too_deeply_nested', disguise)
    }
  })

  it('refuses texts that grow by names', () => {
    for (const root of ['a', 'svg']) {
      assert.equal(look(`${nameInName(root)}<${root}>&b;</${root}>`), 'xml_entities')
      assert.equal(look(`${longName(root, 300)}<${root}>&a;</${root}>`), 'xml_entities')
      assert.equal(look(`<!DOCTYPE ${root} [<!ENTITY a SYSTEM "file:///etc/passwd">]><a/>`), 'xml_entities')
      assert.equal(look(`<!DOCTYPE ${root} [<!ENTITY % a "b">%a;]><a/>`), 'xml_entities')
      assert.equal(look(`<!DOCTYPE ${root} [<!ENTITY a "<b>">]><a/>`), 'xml_entities')
    }
    assert.equal(look('<!DOCTYPE a [<!ENTITY a "b">]><a/>'), 'xml_entities')
  })

  it('finds them behind whatever stands before them', () => {
    const danger = '<!ENTITY a "b">'
    for (const before of [
      '<!-- ]> -->',
      '<!--> ]><![CDATA[ -->',
      '<?x ]> ?>',
      `<!ATTLIST a b CDATA "]>">`,
      `<!ATTLIST a b CDATA '">'>`,
      '<!ELEMENT a (b)>',
      '%x;',
    ]) {
      assert.equal(look(`<!DOCTYPE a [${before}${danger}]><a/>`), 'xml_entities', before)
      assert.equal(look(`<!DOCTYPE a PUBLIC "]>" '[<' [${before}${danger}]><a/>`), 'xml_entities', before)
    }
    assert.equal(look(`<!-- x --><?y?> <!DOCTYPE a [${danger}`), 'xml_entities')
    assert.equal(look(`<a>${danger}</a>`), 'xml_entities')
  })

  it('takes a document type without names, and the short names of drawings', () => {
    const plain = '<!DOCTYPE m:m PUBLIC "-//OpenOffice.org//DTD Manifest 1.0//EN" "Manifest.dtd"><m:m/>'
    assert.equal(look(plain), 'fine')
    const drawing = `<!DOCTYPE svg PUBLIC "x" "y" [ <!ENTITY ns_svg "http://www.w3.org/2000/svg">\n<!ENTITY b 'c'>]>`
    assert.equal(look(`${drawing}<svg xmlns="&ns_svg;"/>`), 'fine')
    assert.equal(look(`${drawing}<svg/>`, { expandedBytes: 500 }), 'xml_entities')
  })

  it('comes to an end on markup that never does, in a moment', () => {
    const started = cpuMs()
    for (const part of [
      '<',
      '<!',
      '<!--',
      '<![CDATA[',
      '<a b="',
      "<a b='",
      '<?',
      '</',
      '<!DOCTYPE ',
      ']]',
      '--',
    ]) {
      const markup = new Markup(1e6, SCAN_LIMITS)
      try {
        for (let n = 0; n < 10; n++) markup.push(Buffer.from(part.repeat(20_000)))
      } catch (error) {
        assert.match(String(error), /xml_entities|too_deeply_nested/)
      }
    }
    assert.ok(cpuMs() - started < 2000)
  })
})
