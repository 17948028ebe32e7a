import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import PptxGenJS from 'pptxgenjs'
import { archive, partsOf } from '#test/documents/archive.ts'
import { word } from '#test/documents/packages.ts'
import { pageBoxes } from '#test/pdf.ts'
import { shown } from './shown.ts'
import { openTestEngine, type TestEngine } from './test-engine.ts'

/** Words of eight syllables, of which no whole number fills a line. */
const HANGUL = Array<string>(12).fill('가나다라마바사아').join(' ')
const WORD = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
const MARKED = '<w:lang w:val="en-US" w:eastAsia="ko-KR"/>'

const paragraph = (properties = '') =>
  `<w:p><w:r><w:rPr>${properties}<w:sz w:val="40"/></w:rPr><w:t>${HANGUL}</w:t></w:r></w:p>`

const related = (kind: 'styles' | 'settings') => ({
  'word/_rels/document.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${kind}" Target="${kind}.xml"/></Relationships>`,
})

/** A document of Word with a style for its paragraphs, and what all text begins with. */
const styled = (style: string, { run = '', defaults = '' } = {}) =>
  word(paragraph(run), {
    ...related('styles'),
    'word/styles.xml': `<w:styles xmlns:w="${WORD}"><w:docDefaults><w:rPrDefault><w:rPr>${defaults}</w:rPr></w:rPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:pPr>${style}</w:pPr></w:style></w:styles>`,
  })

/** `paragraphs` are attributes of each. */
async function deck(lang: string, { paragraphs = '', font = 'Malgun Gothic' } = {}): Promise<Buffer> {
  const made = new PptxGenJS()
  const slide = made.addSlide()
  slide.addText(HANGUL, { x: 0.5, y: 1, w: 9, h: 3, fontSize: 30, fontFace: font, lang })
  slide.addTable([[{ text: HANGUL, options: { fontSize: 20, lang } }]], { x: 0.5, y: 3.5, w: 9 })
  const bytes = Buffer.from((await made.write({ outputType: 'nodebuffer' })) as Uint8Array)
  const parts = await partsOf(bytes)
  const name = 'ppt/slides/slide1.xml'
  return archive({ ...parts, [name]: String(parts[name]).replaceAll('<a:pPr', `<a:pPr${paragraphs}`) })
}

describe('lines of Hangul', () => {
  let testEngine: TestEngine
  before(async () => {
    testEngine = await openTestEngine('bwrap')
    await testEngine.engine.start()
  })
  after(() => testEngine.close())

  /** How many of its lines end within a word, in the bounds of `lines`. */
  async function brokenWords(bytes: Buffer, format: string): Promise<number> {
    const { lines } = await shown(testEngine, { bytes, format }, { target: 'pdf' })
    assert.ok(lines.length > 2, lines.join('\n'))
    return lines.filter(line => !line.endsWith('아')).length
  }

  it('end after any syllable where a document of Word says so, in text that is marked as Korean too', async () => {
    const parted = '<w:wordWrap w:val="0"/>'
    assert.ok((await brokenWords(await styled(parted), 'docx')) > 0)
    assert.ok((await brokenWords(await styled(parted, { run: MARKED }), 'docx')) > 0)
    assert.ok((await brokenWords(await styled(parted, { defaults: MARKED }), 'docx')) > 0)
  })

  it('do so where Word takes its own style for Korean, since a document brings none', async () => {
    assert.ok((await brokenWords(await word(paragraph()), 'docx')) > 0)
  })

  it('end between words in all other documents of Word, of whatever language', async () => {
    assert.equal(await brokenWords(await styled(''), 'docx'), 0)
    const english = '<w:lang w:val="en-US" w:eastAsia="en-US"/>'
    assert.equal(await brokenWords(await styled('', { defaults: english }), 'docx'), 0)
  })

  it('end after any syllable on slides, unless these say otherwise', async () => {
    assert.ok((await brokenWords(await deck('en-US'), 'pptx')) > 0)
    assert.ok((await brokenWords(await deck('ko-KR'), 'pptx')) > 1)
    assert.equal(await brokenWords(await deck('ko-KR', { paragraphs: ' eaLnBrk="0"' }), 'pptx'), 0)
  })

  /** From one to the next, in times of the font's size. */
  async function heightOfLines(bytes: Buffer, format: string, size: number): Promise<number> {
    const made = await shown(testEngine, { bytes, format }, { target: 'pdf' })
    const boxes = [...(await pageBoxes(made.bytes)).matchAll(/yMin="([\d.]+)"/g)].map(([, y]) => Number(y))
    const [first = 0, second = 0] = [...new Set(boxes)]
    return (second - first) / size
  }

  it('are as high as Office makes them in Malgun Gothic, higher in Word than on slides', async () => {
    const high = async (bytes: Buffer, format: string, size: number) =>
      Number((await heightOfLines(bytes, format, size)).toFixed(2))
    for (const font of ['Malgun Gothic', '맑은 고딕']) {
      const fonts = `<w:rFonts w:ascii="${font}" w:hAnsi="${font}" w:eastAsia="${font}"/>`
      assert.equal(await high(await styled('', { run: fonts }), 'docx', 20), 1.73)
      assert.equal(await high(await deck('ko-KR', { font }), 'pptx', 30), 1.2)
    }
  })

  it('have the tab stops of Word for Korean where a document brings neither these nor a style', async () => {
    const tabbed = '<w:p><w:r><w:t>가</w:t><w:tab/><w:t>나</w:t></w:r></w:p>'
    const settings = `<w:settings xmlns:w="${WORD}"><w:defaultTabStop w:val="720"/></w:settings>`
    const between = async (bytes: Buffer) => {
      const made = await shown(testEngine, { bytes, format: 'docx' }, { target: 'pdf' })
      const [first, second] = [...(await pageBoxes(made.bytes)).matchAll(/xMin="([\d.]+)"/g)].map(([, x]) =>
        Number(x),
      )
      return Math.round(Number(second) - Number(first))
    }
    assert.equal(await between(await word(tabbed)), 40)
    const parts = { ...related('settings'), 'word/settings.xml': settings }
    assert.equal(await between(await word(tabbed, parts)), 36)
  })

  it('do not change the language of a document that goes on being one', async () => {
    const { bytes } = await shown(
      testEngine,
      { bytes: await styled('<w:wordWrap w:val="0"/>', { run: MARKED }), format: 'docx' },
      { target: 'odt' },
    )
    const { 'content.xml': text, 'styles.xml': styles } = await partsOf(bytes)
    assert.match(`${text}`, /가나다라/)
    assert.doesNotMatch(`${text}${styles}`, /ko-Hang/)
  })
})
