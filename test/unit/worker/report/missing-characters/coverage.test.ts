import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Coverage } from '#worker/report/missing-characters/coverage.ts'

const coverage = new Coverage(
  'DejaVu Sans,DejaVu Sans Light\t20-7e a0-17f 300-304 2010\nSymbola\t2600-26ff 1f300-1f5ff\n\t\n',
)
const lacks = (text: string) =>
  [...coverage.lacks(new Map([...text].map(letter => [letter.codePointAt(0) ?? 0, 1]))).keys()].map(code =>
    String.fromCodePoint(code),
  )

describe('the coverage of fonts', () => {
  it('is that of all fonts together, to the ends of their ranges', () => {
    for (const code of [0x20, 0x7e, 0xa0, 0x17f, 0x2010, 0x2600, 0x26ff, 0x1f5ff])
      assert.ok(coverage.has(code), code.toString(16))
    for (const code of [0x1f, 0x7f, 0x9f, 0x180, 0x200f, 0x2011, 0x2700, 0x1f600])
      assert.ok(!coverage.has(code), code.toString(16))
    assert.ok(coverage.families.has('Symbola') && coverage.families.has('DejaVu Sans Light'))
  })

  it('misses letters, but none that is drawn from its parts', () => {
    assert.deepEqual(lacks('añ☃🌀'), [])
    assert.deepEqual(lacks('कक😀'), ['क', '😀'])
    // With a macron, with a dot below.
    assert.deepEqual(lacks('ḡạ'), ['ạ'])
  })

  it('misses nothing that draws nothing: controls, joiners, selectors, spaces, symbols of private use', () => {
    assert.deepEqual(lacks('\u0085\u200d\u200c\ufe0f\u{e0061}\u3000\u3164\uf0e0\u{f0000}\u{e0100}\ufeff'), [])
  })

  it('is empty where there are no fonts', () => {
    assert.ok(!new Coverage('').has(0x41))
  })
})
