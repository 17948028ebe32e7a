import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { Document, Packer, Paragraph, TextRun } from 'docx'
import PptxGenJS from 'pptxgenjs'
import { archive, partsOf } from '#test/documents/archive.ts'
import { word } from '#test/documents/packages.ts'
import { saved, shown } from './shown.ts'
import { openTestEngine, type TestEngine } from './test-engine.ts'

const KOREAN = '2024년12월에15%성장'
const JAPANESE = '2024年12月に15%の成長'
/** Poppler takes a gap for a blank. */
const APART = '2024 年 12 月に 15%の成長'

const letter = (text: string) => {
  const run = new TextRun({ text, size: 40, language: { value: 'en-US', eastAsia: 'ko-KR' } })
  return Packer.toBuffer(new Document({ sections: [{ children: [new Paragraph({ children: [run] })] }] }))
}

/** Without a style for its paragraphs, where Word takes its own. */
const unstyled = (text: string) =>
  word(`<w:p><w:r><w:rPr><w:sz w:val="40"/></w:rPr><w:t>${text}</w:t></w:r></w:p>`)

async function withDefaultStyle(properties: string): Promise<Buffer> {
  const parts = await partsOf(await letter(KOREAN))
  const style = `<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>${properties}</w:style>`
  const styles = String(parts['word/styles.xml']).replace('</w:docDefaults>', `$&${style}`)
  return archive({ ...parts, 'word/styles.xml': styles })
}

async function deck(text: string): Promise<Buffer> {
  const made = new PptxGenJS()
  made.defineSlideMaster({
    title: 'M',
    objects: ['title', 'body'].map((type, at) => ({
      placeholder: {
        options: { name: type, type: type as 'title', x: 0.5, y: 0.3 + at, w: 9, h: 0.9 },
        text: '',
      },
    })),
  })
  const slide = made.addSlide({ masterName: 'M' })
  slide.addText(text, { placeholder: 'title' })
  slide.addText(text, { placeholder: 'body' })
  slide.addText(text, { x: 0.5, y: 2.5, w: 9, h: 0.6 })
  slide.addTable([[{ text }]], { x: 0.5, y: 3.5, w: 9 })
  return Buffer.from((await made.write({ outputType: 'nodebuffer' })) as Uint8Array)
}

const rtf = (text: string) =>
  `{\\rtf1\\ansi\\uc1\\deflang1033\\deflangfe1042{\\fonttbl{\\f0 Malgun Gothic;}}\\f0\\fs40 ${text.replace(/[^ -~]/g, character => `\\u${(character.charCodeAt(0) << 16) >> 16}?`)}\\par}`

/** As Word for Korean writes it. */
function inKorean(doc: Buffer): Buffer {
  doc.writeUInt16LE(0x0412, doc.indexOf(Buffer.from('eca5', 'hex')) + 60)
  return doc
}

describe('between Asian characters and digits', () => {
  let testEngine: TestEngine
  before(async () => {
    testEngine = await openTestEngine('bwrap')
    await testEngine.engine.start()
  })
  after(() => testEngine.close())

  const linesOf = async (bytes: Buffer | string, format: string) =>
    (await shown(testEngine, { bytes, format }, { target: 'pdf' })).lines

  it('is no gap in a Korean text that does not ask for it, in whichever format of Word it comes', async () => {
    assert.deepEqual(await linesOf(await unstyled(KOREAN), 'docx'), [KOREAN])
    assert.deepEqual(await linesOf(rtf(KOREAN), 'rtf'), [KOREAN])
    const old = await saved({ bytes: await letter(KOREAN), format: 'docx' }, { doc: 'MS Word 97' })
    assert.deepEqual(await linesOf(inKorean(old.get('doc') as Buffer), 'doc'), [KOREAN])
  })

  it('is one in a Japanese text, as Word has it', async () => {
    assert.deepEqual(await linesOf(await letter(JAPANESE), 'docx'), [APART])
  })

  it('is one or none in a text with a style that says so, as Word has it', async () => {
    const says = (gaps: string) => withDefaultStyle(`<w:pPr>${gaps}</w:pPr>`)
    assert.deepEqual(await linesOf(await says(''), 'docx'), ['2024 년 12 월에 15%성장'])
    assert.deepEqual(
      await linesOf(await says('<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'), 'docx'),
      [KOREAN],
    )
  })

  it('is none on slides, in titles, lists, boxes and tables', async () => {
    const told = async (bytes: Buffer, format: string) =>
      (await linesOf(bytes, format)).map(line => line.replace(/^• ?/, ''))
    for (const text of [KOREAN, JAPANESE])
      assert.deepEqual(await told(await deck(text), 'pptx'), [text, text, text, text])
    const old = await saved({ bytes: await deck(KOREAN), format: 'pptx' }, { ppt: 'MS PowerPoint 97' })
    assert.deepEqual(await told(old.get('ppt') as Buffer, 'ppt'), [KOREAN, KOREAN, KOREAN, KOREAN])
  })
})
