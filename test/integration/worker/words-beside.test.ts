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
} from '#test/documents/words-beside.ts'
import { type Bench, openBench, type Source } from './bench.ts'
import { saved, shown } from './shown.ts'

describe('a plain text', () => {
  let bench: Bench
  before(async () => {
    bench = await openBench('bwrap')
    await bench.engine.start()
  })
  after(() => bench.close())

  const linesOf = async (source: Source) => {
    const { lines, notes } = await shown(bench, source, { target: 'txt' })
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
    const { lines, notes } = await shown(bench, source, { target: 'txt' })
    assert.deepEqual([lines, notes], [['x'], [['objects_not_in_text', 1]]])
  })
})
