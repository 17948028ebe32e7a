import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { flat } from '#test/documents/flat.ts'
import {
  openTextWithWordsBeside,
  PAGE_WITH_WORDS_BESIDE,
  RICH_TEXT_WITH_WORDS_BESIDE,
  WORDS_BESIDE,
  WORDS_BESIDE_IN_WORD,
  wordWithWordsBeside,
} from '#test/documents/sample-words-beside.ts'
import { saved, shown } from './shown.ts'
import { openTestEngine, type TestEngine, type TestSource } from './test-engine.ts'

describe('a plain text', () => {
  let testEngine: TestEngine
  before(async () => {
    testEngine = await openTestEngine('bwrap')
    await testEngine.engine.start()
  })
  after(() => testEngine.close())

  const linesOf = async (source: TestSource) => {
    const { lines, notes } = await shown(testEngine, source, { target: 'txt' })
    assert.deepEqual(notes, [])
    return lines
  }

  it('has the words of boxes, shapes, notes and equations of OpenDocument, and of what is saved from it', async () => {
    const source = { bytes: openTextWithWordsBeside(), format: 'fodt' }
    assert.deepEqual(await linesOf(source), WORDS_BESIDE)
    const formats = { odt: 'writer8', docx: 'MS Word 2007 XML', doc: 'MS Word 97' }
    for (const [format, bytes] of await saved(source, formats)) {
      const lines = await linesOf({ bytes, format })
      assert.deepEqual(lines.toSorted(), WORDS_BESIDE.toSorted(), format)
    }
  })

  it('has those of form fields and frames of Word as well', async () => {
    const source = { bytes: await wordWithWordsBeside(), format: 'docx' }
    assert.deepEqual(await linesOf(source), WORDS_BESIDE_IN_WORD)
    const [[format, bytes] = ['', Buffer.alloc(0)]] = await saved(source, { doc: 'MS Word 97' })
    assert.deepEqual(await linesOf({ bytes, format }), WORDS_BESIDE_IN_WORD)
    const rich = { bytes: RICH_TEXT_WITH_WORDS_BESIDE, format: 'rtf' }
    assert.deepEqual((await linesOf(rich)).toSorted(), WORDS_BESIDE_IN_WORD.toSorted())
  })

  it('has those of a page that stand beside its text', async () => {
    const lines = await linesOf({ bytes: PAGE_WITH_WORDS_BESIDE, format: 'html' })
    assert.deepEqual(lines.toSorted(), ['Boxed', 'First', 'Last', 'Two ☒ ticked'])
  })

  it('tells of objects that have no words there', async () => {
    const chart =
      '<text:p>x<draw:frame text:anchor-type="as-char" svg:width="3cm" svg:height="1cm"><draw:object><office:document office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:body><office:spreadsheet><table:table table:name="S"><table:table-row><table:table-cell><text:p>in a sheet</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document></draw:object></draw:frame></text:p>'
    const source = { bytes: flat('text', chart), format: 'fodt' }
    const { lines, notes } = await shown(testEngine, source, { target: 'txt' })
    assert.deepEqual([lines, notes], [['x'], [['objects_not_in_text', 1]]])
  })
})

describe('words beside the running text', () => {
  let testEngine: TestEngine
  before(async () => {
    testEngine = await openTestEngine('bwrap')
    await testEngine.engine.start()
  })
  after(() => testEngine.close())

  const OPEN = { odt: 'writer8', docx: 'MS Word 2007 XML', doc: 'MS Word 97' }
  const LEGACY = { doc: 'MS Word 97', odt: 'writer8' }

  const everyForm = async (): Promise<[source: TestSource, words: string[]][]> => {
    const open = { bytes: openTextWithWordsBeside(), format: 'fodt' }
    const word = { bytes: await wordWithWordsBeside(), format: 'docx' }
    const formsOf = async (source: TestSource, filters: Record<string, string>, lines: readonly string[]) => {
      const others = [...(await saved(source, filters))].map(([format, bytes]) => ({ format, bytes }))
      const words = lines.flatMap(line => line.match(/[A-Z][a-z]+/g) ?? [])
      return [source, ...others].map((form): [TestSource, string[]] => [form, words])
    }
    return [
      ...(await formsOf(open, OPEN, WORDS_BESIDE)),
      ...(await formsOf(word, LEGACY, WORDS_BESIDE_IN_WORD)),
    ]
  }

  it('are in a rich text, and what reads it shows them', async () => {
    for (const [source, words] of await everyForm()) {
      const rich = await shown(testEngine, source, { target: 'rtf' })
      const { lines } = await shown(testEngine, { bytes: rich.bytes, format: 'rtf' }, { target: 'pdf' })
      const text = lines.join('\n')
      assert.deepEqual(
        words.filter(word => !text.includes(word)),
        [],
        source.format,
      )
      assert.deepEqual(
        rich.notes.map(([code]) => code).filter(code => code !== 'shapes_became_boxes'),
        [],
      )
    }
  })

  it('are in a web page, as alternative texts where they are drawn', async () => {
    for (const [source, words] of await everyForm()) {
      const { bytes, notes } = await shown(testEngine, source, { target: 'html' })
      const text = bytes.toString().replace(/base64,[^"]*/g, '')
      assert.deepEqual(
        words.filter(word => !text.includes(word)),
        [],
        source.format,
      )
      assert.deepEqual(notes, [])
    }
  })

  it('never split a word of a web page', async () => {
    const box =
      '<draw:frame text:anchor-type="char" svg:width="3cm"><draw:text-box><text:p>Boxed</text:p></draw:text-box></draw:frame>'
    const ruby =
      '<text:ruby><text:ruby-base>base</text:ruby-base><text:ruby-text>top</text:ruby-text></text:ruby>'
    const bytes = flat('text', `<text:p>${box}Whole wo${box}rd ${ruby}</text:p>`)
    const { lines } = await shown(testEngine, { bytes, format: 'fodt' }, { target: 'html' })
    const text = lines.join(' ').replace(/<[^>]*>/g, '')
    assert.match(text, /Whole word base\(top\)/)
    assert.equal(text.split('Boxed').length, 3)
  })

  it('of boxes in boxes and of groups are in a rich text', async () => {
    const size = 'svg:width="5cm" svg:height="1cm"'
    const inner = `<draw:frame text:anchor-type="paragraph" ${size}><draw:text-box><text:p>Inner</text:p></draw:text-box></draw:frame>`
    const outer = `<draw:frame text:anchor-type="paragraph" ${size}><draw:text-box><text:p>Outer${inner}</text:p></draw:text-box></draw:frame>`
    const group = `<draw:g text:anchor-type="as-char"><draw:rect ${size}><text:p>Grouped</text:p></draw:rect></draw:g>`
    const condition =
      '<text:conditional-text text:condition="ooow:1==1" text:string-value-if-true="Yes" text:string-value-if-false="No">Yes</text:conditional-text>'
    const source = {
      bytes: flat(
        'text',
        `<text:p>First${outer}</text:p><text:p>Next${group}</text:p><text:p>${condition}</text:p><text:p>Last</text:p>`,
      ),
      format: 'fodt',
    }
    const nested = { bytes: flat('text', `<text:p>First${outer}</text:p>`), format: 'fodt' }
    const boxed = await shown(testEngine, nested, { target: 'rtf' })
    const read = await shown(testEngine, { bytes: boxed.bytes, format: 'rtf' }, { target: 'txt' })
    assert.deepEqual([read.lines, boxed.notes], [['First', 'Outer', 'Inner'], []])
    const rich = await shown(testEngine, source, { target: 'rtf' })
    assert.deepEqual(rich.notes, [['shapes_became_boxes', 1]])
    const { lines } = await shown(testEngine, { bytes: rich.bytes, format: 'rtf' }, { target: 'txt' })
    assert.deepEqual(lines.toSorted(), ['First', 'Grouped', 'Inner', 'Last', 'Next', 'Outer', 'Yes'])
  })

  it('are there beside an embedded workbook that tells of its making', async () => {
    const workbook = `<office:document office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:body><office:spreadsheet><table:table table:name="S"><table:table-row><table:table-cell><text:p>in a sheet</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document>`
    const object = `<text:p>x<draw:frame text:anchor-type="as-char" svg:width="3cm" svg:height="1cm"><draw:object>${workbook}</draw:object></draw:frame></text:p>`
    const open = {
      bytes: flat(
        'text',
        object +
          '<text:p>Over<draw:rect text:anchor-type="as-char" svg:width="3cm" svg:height="1cm"><text:p>Shape</text:p></draw:rect></text:p>',
      ),
      format: 'fodt',
    }
    const [[format, bytes] = ['', Buffer.alloc(0)]] = await saved(open, { docx: 'MS Word 2007 XML' })
    const { lines } = await shown(testEngine, { bytes, format }, { target: 'html' })
    assert.match(lines.join(' '), /Shape/)
  })
})
