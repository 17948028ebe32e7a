import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import iconv from 'iconv-lite'
import { isText } from '#lib/scan/decode-text.ts'
import { wideTextOf } from '#lib/scan/wide-text.ts'

const TEXTS = [
  ...['Plain text\n', 'Привет, мир\n', '你好，世界\n', '日本語の文章です。\r\n東京', '한국어 문서입니다\n'],
  ...['Héllo wörld', 'A', '一 二\n', 'Ελληνικά και English\n', '😀 emoji\n', 'שלום עולם\n'],
]
const ENCODINGS = ['utf-16le', 'utf-16be', 'utf-32le', 'utf-32be']

describe('a text of wide letters', () => {
  it('is known without a byte order mark, in any order of bytes', () => {
    for (const text of TEXTS)
      for (const encoding of ENCODINGS) {
        const bytes = iconv.encode(text, encoding, { addBOM: false })
        assert.deepEqual(wideTextOf(bytes), { encoding, isMarked: false }, `${encoding} ${text}`)
        assert.ok(isText(bytes))
      }
  })

  it('is known by its mark', () => {
    for (const encoding of ENCODINGS) {
      const bytes = iconv.encode('\ufeffé', encoding, { addBOM: false })
      assert.deepEqual(wideTextOf(bytes), { encoding, isMarked: true })
    }
  })

  it('is not seen in binary files and in texts with stray zeros', () => {
    const binary = [
      Buffer.from('abc\0'),
      Buffer.from('Hello world, this is a \0 text\nwith lines\n'),
      Buffer.from('caf\xe9\0 x', 'latin1'),
      Buffer.alloc(64),
      Buffer.from('424d5a00000000000000360000002800', 'hex'),
      Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
      Buffer.from('47494638396101000100800000', 'hex'),
      Buffer.from('00000100010020200000010008', 'hex'),
      Buffer.from(Array.from({ length: 512 }, (_, at) => (at * 167 + (at >> 3)) & 0xff)),
    ]
    for (const bytes of binary) {
      assert.equal(wideTextOf(bytes), undefined, bytes.toString('hex', 0, 16))
      assert.equal(isText(bytes), false, bytes.toString('hex', 0, 16))
    }
  })
})
