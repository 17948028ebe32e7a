import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { describe, it } from 'node:test'
import { CHARSET_GROUPS } from '#lib/vocabulary/formats/charsets.ts'
import { decode, decoderOf, type Encoding, encode } from '#worker/charset/codec.ts'

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

describe('Korean as the C library writes it', () => {
  const rows = Array.from({ length: 94 }, (_, row) =>
    Buffer.from(Array.from({ length: 94 }, (_, cell) => [row + 0xa1, cell + 0xa1]).flat()),
  )
  /** All of KS X 1001 that the library knows, a line a row. */
  const ksx1001 = rows
    .map(row => decode(row, 'euc-kr').replace(/[\u20ac\u00ae\ufffd]|[^\0-\uffff]/g, ''))
    .join('\n')
  const byLibrary = (text: string, charset: string) =>
    execFileSync('iconv', ['-c', '-f', 'UTF-8', '-t', charset], { input: text })

  for (const charset of ['johab', 'iso-2022-kr'] as const)
    it(`is read, and written so that it reads it: ${charset}`, () => {
      const bytes = byLibrary(ksx1001, charset)
      const text = execFileSync('iconv', ['-f', charset, '-t', 'UTF-8'], { input: bytes }).toString()
      assert.ok(text.length > 8000)
      assert.equal(decode(bytes, charset), text)
      const again = execFileSync('iconv', ['-f', charset, '-t', 'UTF-8'], { input: encode(text, charset) })
      assert.equal(again.toString(), text)
    })

  it('has in Johab all syllables that there are', () => {
    const all = Array.from({ length: 11_172 }, (_, index) => String.fromCharCode(0xac00 + index)).join('')
    assert.equal(decode(byLibrary(all, 'johab'), 'johab'), all)
  })

  it('is read in any pieces', () => {
    for (const charset of ['johab', 'iso-2022-kr'] as const) {
      const decoder = decoderOf(charset)
      const pieces = Array.from(encode('a 한국어 b', charset), byte => decoder.write(Buffer.from([byte])))
      assert.equal(pieces.join('') + decoder.end(), 'a 한국어 b')
    }
  })
})

describe('Chinese as the C library writes it', () => {
  const byLibrary = (bytes: Buffer, from: string, to: string) =>
    // Newer libraries end with an error where they left a character out.
    spawnSync('iconv', ['-c', '-f', from, '-t', to], { input: bytes, maxBuffer: 2 ** 24 }).stdout
  /** Both planes of CNS 11643, as far as the library knows them, a line a row. */
  const cns = byLibrary(
    Buffer.concat(
      [[], [0x8e, 0xa2]].flatMap(plane =>
        Array.from({ length: plane.length === 0 ? 94 : 82 }, (_, row) =>
          Buffer.from([
            ...Array.from({ length: 94 }, (_, cell) => [...plane, row + 0xa1, cell + 0xa1]).flat(),
            0x0a,
          ]),
        ),
      ),
    ),
    'EUC-TW',
    'UTF-8',
  ).toString()

  /** Two signs of GB 2312 the library reads as others than browsers do. */
  const asBrowsers = (text: string) => text.replaceAll('\u30fb', '\u00b7').replaceAll('\u2015', '\u2014')

  for (const charset of ['euc-tw', 'iso-2022-cn'] as const)
    it(`is read, and written so that it reads it: ${charset}`, () => {
      assert.ok(cns.length > 13_000)
      // Of ISO-2022-CN the library forgets to shift each letter of the second plane.
      const sent = charset === 'euc-tw' ? cns : cns.split('\n').slice(0, 94).join('\n')
      const bytes = byLibrary(Buffer.from(sent), 'UTF-8', charset)
      const text = decode(bytes, charset)
      assert.equal(asBrowsers(text), asBrowsers(sent))
      const own = encode(cns, charset)
      assert.equal(asBrowsers(byLibrary(own, charset, 'UTF-8').toString()), asBrowsers(cns))
      assert.equal(asBrowsers(decode(own, charset)), asBrowsers(cns))
      const decoder = decoderOf(charset)
      const pieces = Array.from(bytes, byte => decoder.write(Buffer.from([byte])))
      assert.equal(pieces.join('') + decoder.end(), text)
    })

  it('has the rare ideographs of the higher planes in EUC-TW', () => {
    for (const [plane, least] of [
      [3, 6000],
      [4, 7000],
      [5, 8000],
      [6, 6000],
      [7, 6000],
      [15, 6000],
    ] as const) {
      const lines = Array.from({ length: 94 }, (_, row) => [
        ...Array.from({ length: 94 }, (_, cell) => [0x8e, 0xa0 + plane, row + 0xa1, cell + 0xa1]).flat(),
        0x0a,
      ])
      // The library does not write all that it reads.
      const bytes = byLibrary(byLibrary(Buffer.from(lines.flat()), 'EUC-TW', 'UTF-8'), 'UTF-8', 'EUC-TW')
      const text = byLibrary(bytes, 'EUC-TW', 'UTF-8').toString()
      assert.ok([...text].length > least, String(plane))
      assert.ok(decode(bytes, 'euc-tw') === text, `read ${plane}`)
      assert.ok(byLibrary(encode(text, 'euc-tw'), 'EUC-TW', 'UTF-8').toString() === text, `written ${plane}`)
    }
    assert.equal(decode(Buffer.from('8ea3a4a18eb1a1a161', 'hex'), 'euc-tw'), '氼�a')
    assert.equal(encode('𠫠', 'iso-2022-cn').toString(), '?')
  })

  it('is read on where something is wrong in it', () => {
    assert.equal(decode(Buffer.from('a\xc4b\xff\x8e\xa2c', 'latin1'), 'euc-tw'), 'a�b��c')
    assert.equal(decode(Buffer.from('\x1b$x\x0e!!\x0f a\x1b', 'latin1'), 'iso-2022-cn'), '�� a�')
  })
})

describe('East Asian sets', () => {
  const READ = [
    ['x-mac-japanese', '93fa967b8ceac3bd5c80a0fdfeff8740eb698868', '日本語ﾃｽ\\\\\u00a0©™…㈰︵ゔ'],
    ['x-mac-korean', 'c7d1b1b9beee808182838420ff', '한국어\u00a0₩–©＿ …'],
    ['x-mac-chinesesimp', 'd6d0b9fa80a0fdfeffcec4', '中国ü\u00a0©™…文'],
    ['x-mac-chinesetrad', 'a4a4b0eaa0fdfeffa4e5', '中國\u00a0©™…文'],
    ['cn-gb-12345', 'd6d0b9faceb4baa3f8a7f8fef9a1b0aea6e0', '中國未海厂髒症愛︵'],
  ] as const
  for (const [charset, hex, text] of READ)
    it(`are read, and written as they were: ${charset}`, () => {
      const bytes = Buffer.from(hex, 'hex')
      assert.equal(decode(bytes, charset), text)
      assert.equal(decode(encode(text, charset), charset), text)
      const decoder = decoderOf(charset)
      const pieces = Array.from(bytes, byte => decoder.write(Buffer.from([byte])))
      assert.equal(pieces.join('') + decoder.end(), text)
    })

  it('have every character of the standards that Apple and GB/T 12345 took over', () => {
    for (const [charset, base, first] of [
      ['x-mac-japanese', 'shift_jis', 0x88],
      ['x-mac-korean', 'euc-kr', 0xb0],
      ['x-mac-chinesesimp', 'gbk', 0xb0],
      ['x-mac-chinesetrad', 'big5', 0xa4],
    ] as const) {
      const rows = Array.from({ length: 16 }, (_, row) =>
        Array.from({ length: 92 }, (_, cell) => [first + row, 0xa1 + cell]),
      )
      const bytes = Buffer.from(rows.flat(2))
      assert.doesNotMatch(decode(bytes, charset).slice(0, 1000), /\ufffd/, charset)
      assert.equal(decode(bytes, charset), decode(bytes, base), charset)
    }
    const simplified = Buffer.from(encode('爱国东车龙'.repeat(3), 'gbk'))
    assert.equal(decode(simplified, 'cn-gb-12345'), '愛國東車龍'.repeat(3))
  })

  it('are read on where something is wrong in them', () => {
    for (const [charset] of READ) assert.equal(decode(Buffer.from([0xa9, 0x20, 0x61]), charset).at(-1), 'a')
    assert.equal(decode(Buffer.from([0x61, 0xd6]), 'cn-gb-12345'), 'a�')
    assert.equal(encode('中😀', 'cn-gb-12345').toString('latin1'), '\xd6\xd0?')
  })

  for (const [charset, name, letters] of [
    ['euc-kr', 'CP949', '갂똠방각하 펲시콜라 햏'],
    ['big5-hkscs', 'BIG5-HKSCS', '中文 咗嘅喺噉 䏰𧉧'],
  ] as const)
    it(`are read with the additions that are in use: ${charset}`, () => {
      const bytes = execFileSync('iconv', ['-f', 'UTF-8', '-t', name], { input: letters })
      assert.equal(decode(bytes, charset), letters)
      assert.equal(decode(encode(letters, charset), charset), letters)
    })
})
