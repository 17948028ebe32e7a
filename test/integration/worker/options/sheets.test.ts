import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { DELIMITERS } from '#lib/vocabulary/formats/options.ts'
import { partsOf } from '#test/documents/archive.ts'
import { workbook } from '#test/documents/sheet.ts'
import { pageText, pdfFacts } from '#test/pdf.ts'
import { make, openTestEngine, type TestEngine, type TestSource } from '../test-engine.ts'

let bench: TestEngine
before(async () => {
  bench = await openTestEngine('bwrap')
  await bench.engine.start()
})
after(() => bench.close())

async function result(
  source: TestSource,
  target: string,
  options?: Record<string, unknown>,
): Promise<Buffer> {
  return (await make(bench, source, { target, options })).bytes
}

/** Three sheets, each of them far wider than a page. */
const wide = { bytes: await workbook(['One', 'Two', 'Three'], { columns: 30 }), format: 'xlsx' }

async function paper(options?: Record<string, unknown>) {
  const { Pages, 'Page size': size = '' } = await pdfFacts(await result(wide, 'pdf', options))
  const [, width = 0, height = 0] = /([\d.]+) x ([\d.]+)/.exec(size)?.map(Number) ?? []
  return { pages: Number(Pages), isLandscape: width > height, isPaper: size.includes('A4') }
}

describe('the paper of sheets', () => {
  it('is upright, and as many pages wide as the columns need', async () => {
    const { pages, ...rest } = await paper()
    assert.deepEqual(rest, { isLandscape: false, isPaper: true })
    assert.ok(pages > 3)
  })

  it('is shrunk to, turned, or made as large as the sheet', async () => {
    assert.deepEqual(await paper({ fitToWidth: true }), { pages: 3, isLandscape: false, isPaper: true })
    const turned = await paper({ landscape: true })
    assert.deepEqual([turned.isLandscape, turned.isPaper], [true, true])
    assert.ok(turned.pages < (await paper()).pages)
    const both = { pages: 3, isLandscape: true, isPaper: true }
    assert.deepEqual(await paper({ landscape: true, fitToWidth: true }), both)
    assert.deepEqual(await paper({ onePagePerSheet: true }), { pages: 3, isLandscape: true, isPaper: false })
  })

  it('counts when pages are chosen', async () => {
    for (const how of ['fitToWidth', 'onePagePerSheet'])
      assert.match(await pageText(await result(wide, 'pdf', { [how]: true, pages: '2' })), /^\s*Two/)
  })

  it('counts for pictures and words too', async () => {
    for (const how of ['fitToWidth', 'onePagePerSheet'])
      assert.equal((await make(bench, wide, { target: 'txt', options: { [how]: true } })).pages, 3)
    const picture = await result(wide, 'png', { landscape: true, resolution: 72 })
    assert.ok(picture.readUInt32BE(16) > picture.readUInt32BE(20))
    const third = await result(wide, 'txt', { onePagePerSheet: true, pages: '3' })
    assert.match(third.toString(), /^\s*Three/)
  })
})

describe('a CSV', () => {
  it('has the first sheet, or the one that was asked for', async () => {
    assert.match((await result(wide, 'csv')).toString(), /^One,/)
    assert.match((await result(wide, 'csv', { sheet: 3 })).toString(), /^Three,/)
    await assert.rejects(result(wide, 'csv', { sheet: 4 }), {
      code: 'no_such_sheet',
      message: /no sheet 4; the last one is 3/,
    })
  })

  it('is written with every delimiter, and quotes only what needs it', async () => {
    const bytes = await workbook(['a b', 'next'], { columns: 2 })
    const signs = { comma: ',', semicolon: ';', tab: '\t', pipe: '|', space: ' ' }
    for (const delimiter of DELIMITERS) {
      const [line] = (await result({ bytes, format: 'xlsx' }, 'csv', { delimiter })).toString().split('\n')
      const [sign, quote] = [signs[delimiter], delimiter === 'space' ? '"' : '']
      assert.equal(line, `${quote}a b${quote}${sign}${quote}a b 2${quote}`, delimiter)
    }
  })

  /** What LibreOffice reads, cell by cell. */
  async function cells(bytes: Buffer | string, options?: Record<string, unknown>, format = 'csv') {
    const table = await result({ bytes, format }, 'ods', options)
    const text = await result({ bytes: table, format: 'ods' }, 'csv', { delimiter: 'tab' })
    return text
      .toString()
      .trim()
      .split(/[\t\n]/)
  }

  it('is read with the delimiter and the characters that it seems to have', async () => {
    for (const sign of [',', ';', '\t', '|'])
      assert.deepEqual(await cells(`é1${sign}b1\né2${sign}b2\n`), ['é1', 'b1', 'é2', 'b2'], sign)
    assert.deepEqual(await cells('1;2,5\n3;4,5\n', { charset: 'utf-8' }), ['1', '2,5', '3', '4,5'])
    assert.deepEqual(await cells('a\tb, c\n', undefined, 'tsv'), ['a', 'b, c'])
    for (const bytes of [Buffer.from('é1,b1\n', 'latin1'), Buffer.from('\ufeffé1,b1\n', 'utf16le')])
      assert.deepEqual(await cells(bytes), ['é1', 'b1'])
  })

  it('is read with the delimiter that was told', async () => {
    assert.deepEqual(await cells('a,b c,d\n', { delimiter: 'space' }), ['a,b', 'c,d'])
  })
})

describe('the option charset', () => {
  const words: Record<string, string> = {
    ...{
      'utf-8': 'Привет 日本',
      'utf-16': 'Привет 日本',
      'windows-1250': 'žluťoučký',
      'windows-1251': 'Привет',
    },
    ...{ 'windows-1252': 'é€', 'iso-8859-1': 'éß', 'iso-8859-2': 'žluťoučký', 'iso-8859-15': 'é€' },
    ...{ shift_jis: '日本語', gb18030: '中文简体', big5: '中文繁體', 'euc-kr': '한국어' },
    ...{ 'koi8-r': 'Привет', 'iso-2022-jp': '日本語 abc 文字', ibm866: 'Привет', 'windows-874': 'สวัสดี' },
  }

  it('writes tables and texts in many sets, and reads them again', async () => {
    for (const [charset, word] of Object.entries(words)) {
      const decoder = new TextDecoder(charset === 'utf-16' ? 'utf-16le' : charset)
      const table = await result({ bytes: `${word}\t2\n`, format: 'tsv' }, 'ods')
      const csv = await result({ bytes: table, format: 'ods' }, 'csv', { charset })
      assert.equal(decoder.decode(csv).trim(), `${word},2`, charset)
      const { 'content.xml': read } = await partsOf(
        await result({ bytes: csv, format: 'csv' }, 'ods', { charset }),
      )
      assert.ok(String(read).includes(`>${word}<`), charset)
      const html = `<html><meta charset="utf-8"><p>${word}</p></html>`
      const txt = await result({ bytes: html, format: 'html' }, 'txt', { charset })
      assert.equal(decoder.decode(txt).trim(), word, charset)
      const page = await result({ bytes: txt, format: 'txt' }, 'html', { charset })
      assert.ok(
        page
          .toString()
          .replace(/<[^>]*>/g, '')
          .includes(word),
        charset,
      )
    }
  })
})
