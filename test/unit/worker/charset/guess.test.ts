import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { CHARSETS, type Charset } from '#lib/vocabulary/formats.ts'
import { SENTENCES } from '#test/documents/sentences.ts'
import { decode, type Encoding, encode } from '#worker/charset/codec.ts'
import { guess } from '#worker/charset/guess.ts'

const charset = (name: string): Charset => CHARSETS.find(each => each === name) ?? assert.fail(name)

/** What a text reads like after it was guessed. */
function readAgain(text: string, name: string): { read: string; certainty: number } {
  const bytes = encode(text, charset(name))
  assert.equal(decode(bytes, name as Encoding), text, `${name} cannot write ${text}`)
  const { encoding, certainty } = guess(bytes)
  return { read: decode(bytes, encoding), certainty }
}

describe('a guess of the character set', () => {
  for (const { language, charsets, texts } of SENTENCES)
    it(`is right for one or two lines of ${language} in ${charsets.join(', ')}`, () => {
      for (const name of charsets)
        for (const text of texts) assert.equal(readAgain(text, name).read, text, `${name}: ${text}`)
    })

  it('says of texts that two languages could have written that it is not certain', () => {
    for (const [text, name] of [
      ['Účet byl uhrazen.', 'iso-8859-2'],
      ['да', 'windows-1251'],
    ] as const)
      assert.ok(readAgain(text, name).certainty < 0.9, text)
  })

  it('is certain of a few sentences', () => {
    for (const { charsets, texts } of SENTENCES)
      assert.ok(readAgain(texts.join('\n'), charsets[0] ?? '').certainty > 0.98, texts[0])
  })

  it('takes the whole of a long sample into account', () => {
    const bytes = encode(
      `${'plain words, nothing else. '.repeat(50)}\nДо свидания, друзья, до завтра!`,
      'koi8-r',
    )
    assert.equal(guess(bytes).encoding, 'koi8-r')
  })

  it('tells apart by a later place what reads alike until there', () => {
    const plain = 'Grüße aus Köln: die Straße ist für größere Züge gesperrt.\n'.repeat(100)
    assert.equal(guess(encode(`${plain}Das kostet 5 €.`, 'iso-8859-15')).encoding, 'iso-8859-15')
    assert.equal(guess(encode(plain, 'iso-8859-15')).encoding, 'windows-1252')
  })
})
