import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { parseSettings } from '#lib/vocabulary/settings.ts'
import { flat } from '#test/documents/flat.ts'
import { pageBoxes, pageText } from '#test/pdf.ts'
import { saved } from '../shown.ts'
import { make, openTestEngine, type TestEngine, type TestSource } from '../test-engine.ts'

const comment = (place = '') => `<office:annotation${place}><text:p>REMARK</text:p></office:annotation>`
const SOURCES = {
  text: flat('text', `<text:p>Words${comment()}</text:p>`),
  spreadsheet: flat(
    'spreadsheet',
    `<table:table table:name="t"><table:table-row><table:table-cell office:value-type="string">${comment()}<text:p>Words</text:p></table:table-cell></table:table-row></table:table>`,
  ),
  presentation: flat(
    'presentation',
    `<draw:page draw:name="p">${comment(' svg:x="1cm" svg:y="1cm"')}</draw:page>`,
  ),
}

describe('the option comments', () => {
  let testEngine: TestEngine
  before(async () => {
    testEngine = await openTestEngine('bwrap')
    await testEngine.engine.start()
  })
  after(() => testEngine.close())

  /** Whether the comment is printed, and whether it is a note to be opened. */
  const commentsIn = async (source: TestSource, target: string, comments?: string) => {
    const options = comments === undefined ? {} : { comments }
    const { bytes } = await make(testEngine, source, { target, options })
    return {
      isPrinted: (await pageText(bytes)).includes('REMARK'),
      isNote: /\/Subtype\s*\/Text\b/.test(bytes.toString('latin1')),
    }
  }

  it('leaves comments out, prints them in the margin, or makes notes of them: texts', async () => {
    const source = { bytes: SOURCES.text, format: 'fodt' }
    const others = await saved(source, {
      docx: 'MS Word 2007 XML',
      odt: 'writer8',
      doc: 'MS Word 97',
      rtf: 'Rich Text Format',
    })
    for (const [format, bytes] of new Map<string, Buffer | string>([['fodt', SOURCES.text], ...others])) {
      const of = (comments?: string) => commentsIn({ bytes, format }, 'pdf', comments)
      assert.deepEqual(await of(), { isPrinted: false, isNote: false }, format)
      assert.deepEqual(await of('margin'), { isPrinted: true, isNote: false }, format)
      assert.deepEqual(await of('annotations'), { isPrinted: false, isNote: true }, format)
    }
    assert.deepEqual(await commentsIn(source, 'pdfa-2b', 'margin'), { isPrinted: true, isNote: false })
  })

  it('makes notes of those of sheets and slides', async () => {
    for (const [bytes, format, filters] of [
      [SOURCES.spreadsheet, 'fods', { xlsx: 'Calc MS Excel 2007 XML', xls: 'MS Excel 97' }],
      [SOURCES.presentation, 'fodp', { pptx: 'Impress MS PowerPoint 2007 XML', ppt: 'MS PowerPoint 97' }],
    ] as const)
      for (const [other, made] of [
        [format, Buffer.from(bytes)] as const,
        ...(await saved({ bytes, format }, filters)),
      ]) {
        const source = { bytes: made, format: other }
        assert.equal((await commentsIn(source, 'pdf')).isNote, false, other)
        assert.equal((await commentsIn(source, 'pdf', 'annotations')).isNote, true, other)
      }
  })

  it('is refused where LibreOffice prints no margin, and where a PDF may hold no notes', () => {
    for (const [format, target, comments] of [
      ['xlsx', 'pdf', 'margin'],
      ['pptx', 'pdf', 'margin'],
      ['docx', 'pdfa-2b', 'annotations'],
      ['docx', 'png', 'annotations'],
    ] as const)
      assert.throws(() => parseSettings({ target, options: { comments } }, format), {
        code: 'invalid_option',
      })
  })

  it('shrinks no page unless the margin was asked for', async () => {
    const source = { bytes: SOURCES.text, format: 'fodt' }
    const height = async (options: Record<string, unknown>) =>
      heightOf('Words', (await make(testEngine, source, { target: 'pdf', options })).bytes)
    const plain = await height({})
    assert.ok((await height({ comments: 'margin' })) < 0.8 * plain)
    assert.equal(await height({ comments: 'annotations' }), plain)
    // A text without any looks as it does with all of them left out.
    for (const [bytes, format] of [
      [SOURCES.text.replace(comment(), ''), 'fodt'],
      ['<html><body style="font-size: 12pt"><p>Words', 'html'],
    ] as const) {
      const { bytes: pdf } = await make(testEngine, { bytes, format }, { target: 'pdf' })
      assert.ok(Math.abs((await heightOf('Words', pdf)) - plain) < 0.01, format)
    }
  })
})

/** Of a word on the first page, in points. */
async function heightOf(word: string, pdf: Buffer): Promise<number> {
  const [, top, bottom] =
    new RegExp(`yMin="([\\d.]+)"[^>]*yMax="([\\d.]+)">${word}<`).exec(await pageBoxes(pdf)) ?? []
  return Number(bottom) - Number(top)
}
