import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { packageFor, scriptOf } from '#worker/report/missing-characters/font-packages.ts'

const of = (letter: string) => scriptOf(letter.codePointAt(0) ?? 0)

describe('the script of a character', () => {
  it('is what Unicode says, for signs the first of those that use them', () => {
    assert.deepEqual(['ก', '漢', 'カ', 'ー', '।', '𐌲', 'ֿ'].map(of), [
      'Thai',
      'Han',
      'Katakana',
      'Hiragana',
      'Devanagari',
      'Gothic',
      'Hebrew',
    ])
  })

  it('is none for emoji and symbols', () => {
    assert.deepEqual(['🚀', '🇩', '🏽'].map(of), ['emoji', 'emoji', 'emoji'])
    assert.deepEqual(['⌂', '𝒜', '⃣'].map(of), ['symbols', 'symbols', 'symbols'])
  })
})

describe('the package that helps', () => {
  it('is the first that brings the script and is not there', () => {
    const beside = (script: string, ...families: string[]) =>
      packageFor(script, { families: new Set(families), drawsColour: false })
    assert.equal(beside('Thai'), 'fonts-noto-ui-core')
    assert.equal(beside('Thai', 'Noto Sans Devanagari UI'), 'fonts-noto-core')
    assert.equal(beside('Han'), 'fonts-noto-cjk')
    assert.equal(beside('Han', 'Noto Sans CJK JP'), 'fonts-hanazono')
    assert.equal(beside('Han', 'Noto Sans CJK JP', 'HanaMinB'), undefined)
    assert.equal(beside('emoji', 'DejaVu Sans'), 'fonts-symbola')
    assert.equal(beside('emoji', 'Symbola'), 'fonts-unifont')
    const families = new Set(['Symbola'])
    assert.equal(packageFor('emoji', { families, drawsColour: true }), 'fonts-noto-color-emoji')
    assert.equal(beside('Gothic', 'DejaVu Sans'), 'fonts-noto-core')
    assert.equal(beside('Gothic', 'Noto Sans Symbols', 'Unifont Upper'), undefined)
    assert.equal(beside('Egyptian_Hieroglyphs'), undefined)
  })
})
