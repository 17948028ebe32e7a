import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { BetweenTags } from '#worker/report/missing-characters/between-tags.ts'

function text(...pieces: string[]): string {
  const markup = new BetweenTags()
  return pieces.map(piece => markup.of(piece)).join('')
}

describe('the text between tags', () => {
  it('is what stands there, wherever the pieces are cut', () => {
    const whole = '<w:t a="ก">ab</w:t>c<br/>d'
    assert.equal(text(whole), 'abcd')
    for (let at = 0; at <= whole.length; at++)
      assert.equal(text(whole.slice(0, at), whole.slice(at)), 'abcd', String(at))
    assert.equal(text(...whole), 'abcd')
  })

  it('does not have twice what an older form repeats', () => {
    const whole = 'a<mc:Choice>ก</mc:Choice><mc:Fallback>ก<b/>x</mc:Fallback>b'
    for (let at = 0; at <= whole.length; at++)
      assert.equal(text(whole.slice(0, at), whole.slice(at)), 'aกb', String(at))
    const markup = new BetweenTags()
    for (const piece of ['<a><mc:Fall', 'back><b>', 'c']) markup.skip(piece)
    assert.equal(markup.of('ก</mc:Fallback>x'), 'x')
  })

  it('has letters that are written as numbers, and none that there is not', () => {
    assert.equal(text('<p>&#3585;&#x0E01;&amp;&#x1F680;</p>'), 'กก&amp;🚀')
    assert.equal(text('<p>&#x110000;&#9999999;</p>'), '&#x110000;&#9999999;')
  })

  it('goes on rightly after pieces that nobody read', () => {
    for (const [skipped, rest, expected] of [
      ['<a><b', 'ก>x', 'x'],
      ['<a>b', 'ก<x', 'ก'],
      ['no tags', 'ก', 'ก'],
    ] as const) {
      const markup = new BetweenTags()
      markup.skip(skipped)
      assert.equal(markup.of(rest), expected, skipped)
    }
  })
})
