import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { CHARSETS } from '#lib/vocabulary/formats.ts'
import { partsOf } from '#test/documents/archive.ts'
import { SENTENCES } from '#test/documents/sentences.ts'
import { pageText } from '#test/pdf.ts'
import { encode } from '#worker/charset/codec.ts'
import { collectNotes, make, openTestEngine, type TestEngine, type TestSource } from './test-engine.ts'

const setNamed = (name: string) => CHARSETS.find(each => each === name) ?? assert.fail(name)
const latin1 = (text: string) => Buffer.from(text, 'latin1')

async function shown(testEngine: TestEngine, source: TestSource, options?: Record<string, unknown>) {
  const heard = collectNotes()
  const { bytes: pdf } = await make(testEngine, source, { target: 'pdf', options, ...heard })
  return { text: (await pageText(pdf)).trim(), notes: heard.notes.map(([code, count]) => `${code} ${count}`) }
}

async function cells(
  testEngine: TestEngine,
  bytes: Buffer,
  options?: Record<string, unknown>,
): Promise<string[]> {
  const { bytes: ods } = await make(testEngine, { bytes, format: 'csv' }, { target: 'ods', options })
  const { 'content.xml': content } = await partsOf(ods)
  return [...String(content).matchAll(/<text:p>(.*?)<\/text:p>/g)].map(([, text = '']) => text)
}

for (const engine of ['warm', 'spawn'] as const)
  describe(`plain text in any character set, with ENGINE=${engine}`, () => {
    let testEngine: TestEngine
    before(async () => {
      testEngine = await openTestEngine('bwrap', { engine })
      await testEngine.engine.start()
    })
    after(() => testEngine.close())

    it('arrives letter for letter, and what was taken is told', async () => {
      const late = latin1(`${'plain words\n'.repeat(8000)}d\xe9j\xe0 \xe9t\xe9, caf\xe9 cr\xe8me\n`)
      const { text, notes } = await shown(testEngine, { bytes: late, format: 'txt' })
      assert.match(text, /déjà été, café crème$/)
      assert.deepEqual(notes, ['charset_found 1'])
      const bad = Buffer.concat([
        Buffer.from('Grüße aus Köln\nschöne '),
        Buffer.from([0xff]),
        Buffer.from(' Tage'),
      ])
      assert.deepEqual(await shown(testEngine, { bytes: bad, format: 'txt' }), {
        text: 'Grüße aus Köln\nschöne � Tage',
        notes: ['bytes_not_readable 1'],
      })
      const wide = await shown(testEngine, {
        bytes: Buffer.from('Grüße ohne Marke\n', 'utf16le').swap16(),
        format: 'txt',
      })
      assert.equal(wide.text, 'Grüße ohne Marke')
    })

    it('has a line for each carriage return', async () => {
      assert.equal(
        (await shown(testEngine, { bytes: latin1('one\rtwo\r\nthree\rfour'), format: 'txt' })).text,
        'one\ntwo\nthree\nfour',
      )
      assert.deepEqual(await cells(testEngine, latin1('a,b\rc,d\r')), ['a', 'b', 'c', 'd'])
    })

    it('is read as it is told to be', async () => {
      const told = await shown(
        testEngine,
        { bytes: encode('Привет', 'x-mac-cyrillic'), format: 'txt' },
        {
          charset: 'x-mac-cyrillic',
        },
      )
      assert.deepEqual(told, { text: 'Привет', notes: [] })
      await assert.rejects(
        shown(testEngine, { bytes: latin1('Gr\xfc\xdfe'), format: 'txt' }, { charset: 'utf-8' }),
        {
          code: 'wrong_charset',
        },
      )
    })

    it('is read in a web page as that says, or else as it is found', async () => {
      const page = (head: string, text: string) =>
        `<html><head>${head}</head><body><p>${text}</p></body></html>`
      const words = 'Привет, мир! Счёт за февраль оплачен.'
      const meta = (label: string) => page(`<meta charset="${label}">`, words)
      for (const [bytes, notes] of [
        [encode(meta('koi8-r'), 'koi8-r'), []],
        [encode(meta('koi8-r'), 'utf-8'), ['charset_wrongly_declared 1']],
        [encode(meta('utf-8'), 'windows-1251'), ['charset_wrongly_declared 1']],
        [encode(page('', words), 'windows-1251'), ['charset_found 1']],
        [encode(`\ufeff${meta('windows-1252')}`, 'utf-8'), []],
      ] as const)
        assert.deepEqual(await shown(testEngine, { bytes, format: 'html' }), { text: words, notes })
      const told = await shown(
        testEngine,
        { bytes: encode(page('', 'Привет'), 'ibm866'), format: 'html' },
        { charset: 'ibm866' },
      )
      assert.deepEqual(told, { text: 'Привет', notes: [] })
    })
  })

describe('a table in plain text', () => {
  let testEngine: TestEngine
  before(async () => {
    testEngine = await openTestEngine('bwrap')
    await testEngine.engine.start()
  })
  after(() => testEngine.close())

  it('has its columns and letters in the character sets of all languages', async () => {
    for (const { charsets, texts } of SENTENCES) {
      const name = charsets.at(-1) ?? ''
      const rows = texts.slice(0, 3).map(text => [text.replace(/\n/g, ' '), '1,5'])
      const table = encode(rows.map(row => `${row.join('\t')}\r\n`).join(''), setNamed(name))
      assert.deepEqual(await cells(testEngine, table, { delimiter: 'tab' }), rows.flat(), name)
    }
  })

  it('has them in the sets of the classic Mac OS and in GB/T 12345', async () => {
    for (const [charset, word] of [
      ['x-mac-japanese', '日本語のテスト ©'],
      ['x-mac-korean', '한국어 ©'],
      ['x-mac-chinesesimp', '中国 ©'],
      ['x-mac-chinesetrad', '中國 ©'],
      ['cn-gb-12345', '愛國 龍'],
    ] as const)
      assert.deepEqual(
        await cells(testEngine, encode(`${word},b\n`, charset), { charset }),
        [word, 'b'],
        charset,
      )
  })

  it('has them in UTF-16 and UTF-32 without a mark, with decimal commas, and with the line that tells its delimiter', async () => {
    const table = 'sep=;\r\nName;Sum\r\nMüller;42,5\r\n'
    for (const bytes of [encode(table, 'utf-16'), encode(table, 'utf-16').swap16(), encode(table, 'utf-32')])
      assert.deepEqual(await cells(testEngine, bytes), ['Name', 'Sum', 'Müller', '42,5'])
  })
})
