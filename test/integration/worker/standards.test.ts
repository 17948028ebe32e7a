import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import PptxGenJS from 'pptxgenjs'
import { flat } from '#test/documents/flat.ts'
import { illustrated } from '#test/documents/illustrated.ts'
import { letter } from '#test/documents/letter.ts'
import { workbook } from '#test/documents/sheet.ts'
import { pageText, pdfTags } from '#test/pdf.ts'
import { collectNotes, make, openTestEngine, type TestEngine, type TestSource } from './test-engine.ts'

const STYLE =
  '<style:style style:name="g" style:family="graphic"><style:graphic-properties draw:fill="solid" draw:fill-color="#ff0000" draw:opacity="40%" draw:stroke="none" style:wrap="run-through" style:run-through="foreground"/></style:style>'
const SHAPE =
  '<draw:rect draw:style-name="g" text:anchor-type="paragraph" svg:x="1cm" svg:y="0cm" svg:width="5cm" svg:height="1cm"/>'

/** A document of each family with words below a shape that can be seen through. */
async function seenThrough(): Promise<TestSource[]> {
  const flatOf = (kind: Parameters<typeof flat>[0], body: string) => ({
    bytes: String(flat(kind, body)).replace(
      '<office:body>',
      `<office:automatic-styles>${STYLE}</office:automatic-styles><office:body>`,
    ),
    format: { text: 'fodt', spreadsheet: 'fods', drawing: 'fodg', presentation: 'fodp' }[String(kind)] ?? '',
  })
  const deck = new PptxGenJS()
  deck.addSlide().addText('plain words', { x: 1, y: 1, w: 5, h: 1 })
  const slide = deck.addSlide()
  slide.addText('covered words', { x: 1, y: 1, w: 5, h: 1 })
  slide.addShape('rect', { x: 1, y: 1, w: 2, h: 1, fill: { color: 'FF0000', transparency: 50 } })
  return [
    { bytes: (await deck.write({ outputType: 'nodebuffer' })) as Buffer, format: 'pptx' },
    flatOf('text', `<text:p>covered words ${SHAPE}</text:p><text:p>second line</text:p>`),
    flatOf(
      'spreadsheet',
      `<table:table table:name="S"><table:shapes>${SHAPE}</table:shapes><table:table-row><table:table-cell office:value-type="string"><text:p>covered words</text:p></table:table-cell></table:table-row></table:table>`,
    ),
    flatOf(
      'drawing',
      `<draw:page draw:name="p"><draw:frame svg:width="9cm" svg:height="2cm" svg:x="1cm" svg:y="0cm"><draw:text-box><text:p>covered words</text:p></draw:text-box></draw:frame>${SHAPE}</draw:page>`,
    ),
  ]
}

describe('a target that is called by a standard', () => {
  let testEngine: TestEngine
  before(async () => {
    testEngine = await openTestEngine('bwrap')
    await testEngine.engine.start()
  })
  after(() => testEngine.close())

  async function noted(source: TestSource, target: string, options?: Record<string, unknown>) {
    const { notes, onNote } = collectNotes()
    const { bytes } = await make(testEngine, source, { target, options, onNote })
    return { bytes, notes: Object.fromEntries(notes) }
  }

  for (const target of ['pdfa-1b', 'pdfa-2b', 'pdfa-3b'])
    it(`is met by what LibreOffice makes: ${target}`, async () => {
      const sources = [...(await illustrated()), { bytes: await letter({ pages: 2 }), format: 'docx' }]
      for (const source of sources) assert.deepEqual((await noted(source, target)).notes, {}, source.format)
    })

  it('tells of pages that PDF/A-1b makes pictures of, where PDF/A-2b keeps their words', async () => {
    for (const source of await seenThrough()) {
      const [first, second] = [await noted(source, 'pdfa-1b'), await noted(source, 'pdfa-2b')]
      assert.deepEqual([first.notes, second.notes], [{ pages_became_pictures: 1 }, {}], source.format)
      assert.doesNotMatch(await pageText(first.bytes), /covered words/, source.format)
      assert.match(await pageText(second.bytes), /covered words/, source.format)
    }
  })

  it('tells what a PDF/UA lacks', async () => {
    const text = { bytes: await letter(), format: 'docx' }
    assert.deepEqual((await noted(text, 'pdfua')).notes, {})
    for (const { family, ...source } of await illustrated()) {
      // The picture of the presentation has an alternative text.
      const expected = family === 'presentation' ? {} : { standard_figures: 1 }
      assert.deepEqual((await noted(source, 'pdfua')).notes, expected, family)
    }
    const cells = { bytes: await workbook(['A', 'B'], { columns: 1 }), format: 'xlsx' }
    const sheet = await noted(cells, 'pdfua')
    // LibreOffice 25.2 tags cells, 7.4 does not.
    const isTagged = /\bTD\b/.test(await pdfTags(sheet.bytes))
    assert.deepEqual(sheet.notes, isTagged ? {} : { standard_tags: 1 })
    const form =
      '<html><body><a href="https://example.org/">web</a><form><input type="text" name="a" value="x"></form></body></html>'
    const page = { bytes: form, format: 'html' }
    // LibreOffice 25.2 breaks the standard with links and drawn fields as well.
    const ofFields = async (options?: Record<string, unknown>) => {
      const { standard_fields, standard_fonts } = (await noted(page, 'pdfua', options)).notes
      return [standard_fields, standard_fonts]
    }
    assert.deepEqual(await ofFields(), [1, 1])
    assert.deepEqual(await ofFields({ formFields: false }), [undefined, undefined])
  })
})
