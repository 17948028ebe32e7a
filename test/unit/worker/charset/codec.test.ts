import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { CHARSET_GROUPS } from '#lib/formats/charsets.ts'
import { decode, type Encoding, encode } from '#worker/charset/codec.ts'

const WORDS: Record<keyof typeof CHARSET_GROUPS, string> = {
  Unicode: 'Жук 日本 😀',
  'Western European': 'é ü ß',
  'Central European': 'é ü ß',
  'Baltic and Nordic': 'ä õ š',
  Cyrillic: 'Привет',
  Greek: 'Ελλάς',
  Turkish: 'ığüşöç',
  Hebrew: 'שלום',
  Arabic: 'لم',
  'Thai and Vietnamese': 'é',
  Chinese: '中文',
  Japanese: 'a 日本語 b テスト\n文字',
  Korean: '한국어',
}
/** Whose letters are written joined, as they look inside of a word and at its end. */
const JOINED: Record<string, string> = { ibm864: '\ufedf' }
const THAI = ['windows-874', 'tis-620', 'x-mac-thai']

describe('every character set that can be chosen', () => {
  for (const [group, charsets] of Object.entries(CHARSET_GROUPS))
    it(`is written and read: ${group}`, () => {
      for (const charset of charsets) {
        const usual = WORDS[group as keyof typeof CHARSET_GROUPS]
        const word = JOINED[charset] ?? (THAI.includes(charset) ? 'สวัสดี' : usual)
        const encoding = (/^utf-(16|32)$/.test(charset) ? `${charset}le` : charset) as Encoding
        assert.equal(decode(encode(word, charset), encoding), word, charset)
      }
    })
})
