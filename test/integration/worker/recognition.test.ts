import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { sourceOfBuffer } from '#lib/scan/source.ts'
import { scan } from '#lib/scan.ts'
import type { AppError } from '#lib/vocabulary/errors.ts'
import { archive, partsOf } from '#test/documents/archive.ts'
import { deck, writeBigDeck } from '#test/documents/deck.ts'
import { locked } from '#test/documents/locked.ts'
import { excel2003, word2003 } from '#test/documents/office-2003.ts'
import { oldExcelSheet } from '#test/documents/old-office.ts'
import { openText, word } from '#test/documents/packages.ts'
import { rawZip } from '#test/documents/raw-zip.ts'
import { sheet } from '#test/documents/sheet.ts'
import { webArchive } from '#test/documents/web-archive.ts'
import { inflated, pageCount, pageText } from '#test/pdf.ts'
import { make, openTestEngine, type TestEngine } from './test-engine.ts'

/** One dot, 1 by 1 pixel. */
const DOT = 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'

describe('a file', () => {
  let testEngine: TestEngine
  before(async () => {
    testEngine = await openTestEngine('bwrap')
    await testEngine.engine.start()
  })
  after(() => testEngine.close())

  /** Takes it as the API does, and converts it. */
  async function convert(content: Buffer | string, fileName: string, target = 'pdf') {
    const bytes = Buffer.from(content)
    const { format, flags } = await scan(sourceOfBuffer(bytes), fileName)
    const seen = { hasBackslashes: flags.backslashes ?? false, sizesFollow: flags.sizesFollow ?? false }
    const made = await make(testEngine, { bytes, format }, { target, fileName, ...seen })
    return { bytes: made.bytes, notes: flags.notes?.map(({ code }) => code) ?? [] }
  }

  const isBroken = (reason: RegExp) => (error: AppError) => {
    assert.equal(error.code, 'corrupt_file')
    assert.match(error.toJobError().message, reason)
    return true
  }

  it('that Excel locked with its own password is converted without one', async () => {
    const { bytes } = await convert(
      locked(await sheet({ title: 'Open' }), 'VelvetSweatshop'),
      'a.xlsx',
      'csv',
    )
    assert.match(bytes.toString(), /^Open/)
  })

  it('that a web application named .xls becomes a workbook with its values', async () => {
    const rows = '<tr><th>Name</th><th>Sum</th></tr><tr><td>M&uuml;ller</td><td>42</td></tr>'
    const cases = [
      `<html><table>${rows}</table></html>`,
      webArchive(`<html><table>${rows}</table></html>`),
      excel2003([
        ['Name', 'Sum'],
        ['Müller', 42],
      ]),
      'Name\tSum\nMüller\t42\n',
      'Name;Sum\nMüller;42\n',
    ]
    for (const content of cases) {
      const { bytes, notes } = await convert(content, 'export.xls', 'ods')
      const cells = String((await partsOf(bytes))['content.xml'])
      assert.match(cells, /<text:p>Müller<\/text:p>/)
      assert.match(cells, /office:value="42"/)
      assert.deepEqual(notes, ['taken_as'])
    }
  })

  it('that is an HTML table keeps postcodes, telephone numbers and what begins with =', async () => {
    const row = ['01067', '+4930123', '=1+1', '12345678901234567890', '42'].map(words => `<td>${words}</td>`)
    const page = `<html><table><tr>${row.join('')}</tr></table></html>`
    for (const content of [page, webArchive(page), Buffer.from(`\ufeff${page}`, 'utf16le')]) {
      const { bytes } = await convert(content, 'export.xls', 'csv')
      assert.equal(bytes.toString().trim(), '01067,+4930123,=1+1,12345678901234567890,42')
    }
  })

  it('of Excel 2003 XML keeps rows that are left out, and what is calculated from them', async () => {
    const gap = excel2003([['first'], [5], [2], [3]]).replace(
      '<Row><Cell><Data ss:Type="Number">5',
      '<Row ss:Index="4"><Cell ss:Formula="=SUM(R[1]C:R[2]C)"><Data ss:Type="Number">5',
    )
    const { bytes } = await convert(gap, 'a.xml', 'csv')
    assert.deepEqual(bytes.toString().split('\n').slice(0, 6), ['first', '', '', '5', '2', '3'])
  })

  it('of Excel 2, 3 and 4 is opened as any later one', async () => {
    for (const version of [2, 3, 4] as const)
      assert.equal(
        String((await convert(oldExcelSheet(version, 'Words'), 'a.xls', 'csv')).bytes).trim(),
        'Words',
      )
  })

  it('that a web application named .doc becomes a text', async () => {
    for (const content of [
      '<html><p>Grüße</p></html>',
      word2003('Grüße'),
      webArchive('<p>Grüße</p>'),
      'Grüße\n',
    ]) {
      const { bytes, notes } = await convert(content, 'export.doc')
      assert.match(await pageText(bytes), /Grüße/)
      assert.deepEqual(notes, ['taken_as'])
    }
  })

  it('that is a web archive shows its pictures, and names where none is', async () => {
    const picture = { type: 'image/gif', encoding: 'base64', location: 'http://x.org/a.gif', content: DOT }
    const page = {
      type: 'text/html; charset=utf-8',
      location: 'http://x.org/page.html',
      content: '<html><body><p>Words</p><img src="a.gif" width="90" height="90"></body></html>',
    }
    const { bytes } = await convert(webArchive(page, [picture]), 'page.mht')
    assert.match(await pageText(bytes), /Words/)
    assert.match(inflated(bytes), /\/Subtype\s*\/Image/)
  })

  it('whose parts are named with backslashes is repaired, and that is told', async () => {
    const cases = {
      'a.docx': await word(),
      'a.xlsx': await sheet(),
      'a.pptx': await deck(),
      'a.odt': await openText(),
    }
    for (const [name, bytes] of Object.entries(cases)) {
      const parts = Object.entries(await partsOf(bytes))
      const entries = parts.map(([part, content]) => ({
        name: part.replaceAll('/', '\\'),
        content: Buffer.from(content),
        stored: part === 'mimetype',
      }))
      assert.deepEqual((await convert(rawZip(entries), name)).notes, ['repaired'], name)
    }
  })

  it('of which a part tells behind itself how long it is, is opened', async t => {
    const folder = await mkdtemp(join(tmpdir(), 'nightshift-sizes-'))
    t.after(() => rm(folder, { recursive: true }))
    await writeBigDeck(join(folder, 'a.pptx'), 100_000, { slides: 2 })
    const bytes = await readFile(join(folder, 'a.pptx'))
    assert.equal((await scan(sourceOfBuffer(bytes), 'a.pptx')).flags.sizesFollow, true)
    assert.equal(await pageCount((await convert(bytes, 'a.pptx')).bytes), 2)
  })

  it('whose lists are written with apostrophes is taken as any other', async () => {
    for (const [name, bytes] of [['a.docx', await word()] as const, ['a.pptx', await deck()] as const]) {
      const parts = await partsOf(bytes)
      for (const list of ['[Content_Types].xml', '_rels/.rels'])
        parts[list] = String(parts[list]).replaceAll('"', "'")
      await convert(await archive(parts), name)
    }
  })

  it('that LibreOffice cannot open because a part of it is broken names the part', async () => {
    const raw = await word('<w:p><w:r><w:t>Smith & Sons</w:t></w:r></w:p>')
    await assert.rejects(
      convert(raw, 'a.docx'),
      isBroken(/its part “word\/document\.xml” is broken in line 1, column \d+\.$/),
    )
    const text = await openText('<text:p>Smith & Sons</text:p>')
    await assert.rejects(convert(text, 'a.odt'), isBroken(/its part “content\.xml” is broken/))
    await assert.rejects(convert(word2003('Smith & Sons'), 'a.xml'), isBroken(/its XML is broken in line 1/))
  })

  it('of which LibreOffice shows the rest when a slide is broken says that something may be missing', async () => {
    const parts = await partsOf(await deck({ slides: 2 }))
    const slide = 'ppt/slides/slide2.xml'
    parts[slide] = String(parts[slide]).replace('</a:t>', ' & Sons</a:t>')
    const { bytes, notes } = await convert(await archive(parts), 'a.pptx')
    assert.deepEqual(notes, ['part_broken'])
    assert.equal(await pageCount(bytes), 2)
  })

  it('of a kind that LibreOffice knows in part says what to do where it cannot be opened', async () => {
    const iwork = await archive({ 'Index/Document.iwa': 'nonsense', 'Index/Slide.iwa': 'nonsense' })
    await assert.rejects(convert(iwork, 'a.key'), { code: 'format_known_in_part' })
  })
})
