import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { Document, Packer, Paragraph, TextRun } from 'docx'
import { lineWidths } from '#test/pdf.ts'
import { make, openTestEngine, type TestEngine } from './test-engine.ts'

const SIZE = 7
const ENGLISH =
  'Those who were there in the afternoon of the second day remember how quietly it all began, and why.'
const DIGITS = '0123456789012345678901234567890123456789'

/**
 * How wide the English sentence is in the fonts of Windows, in times of the font's size: from tables of their widths
 * that others have published (pdf.js for Segoe UI, string-pixel-width for the rest), and how far off a free font is.
 */
const SENTENCES: Readonly<Record<string, [width: number, within: number]>> = {
  Arial: [45.28, 0.01],
  Helvetica: [45.28, 0.01],
  'Times New Roman': [40.8, 0.01],
  'Courier New': [59.4, 0.01],
  'Segoe UI': [45.12, 0.02],
  Tahoma: [45.55, 0.02],
  Verdana: [51.83, 0.02],
  'Trebuchet MS': [46.63, 0.02],
  Georgia: [44.61, 0.055],
  'Comic Sans MS': [47.49, 0.08],
  // Debian 13 has a wider version of its stand-in.
  Impact: [40.98, 0.06],
}

/**
 * Characters that are as wide in the original as the design of its script has it, in times of the font's size; of
 * Malgun Gothic as they are in PDFs of Word and PowerPoint.
 */
const CHARACTERS: readonly [fonts: string, text: string, width: number, within: number][] = [
  ['Malgun Gothic, 맑은 고딕, 굴림', '가나다라마바사아자차카타파하', 1, 0.005],
  [
    'MS Gothic, ＭＳ ゴシック, SimSun, 宋体, SimHei, KaiTi, 仿宋, MingLiU, 標楷體, BatangChe',
    DIGITS,
    0.5,
    0.005,
  ],
  ['ＭＳ 明朝, MS Gothic, Yu Gothic, 游明朝, メイリオ', 'いろはにほへとちりぬるを日本語', 1, 0.005],
  ['SimSun, 微软雅黑, 等线, 楷体, PMingLiU, 微軟正黑體', '我能吞下玻璃而不傷身體', 1, 0.005],
  ['Malgun Gothic', DIGITS, 0.551, 0.005],
  ['Malgun Gothic, 맑은 고딕', '가 나 다 라 마 바 사 아 자 차', (10 + 9 * 0.352) / 19, 0.005],
  // Some 0.54 to 0.56 in all of these; of the widest font, which LibreOffice would take, they are 0.64.
  ['Malgun Gothic, 굴림, Yu Gothic, 游ゴシック, Microsoft YaHei, DengXian, 新細明體', DIGITS, 0.55, 0.03],
]

interface Line {
  font: string
  text: string
  /** In points. */
  expected: number
  within: number
}

const LINES: readonly Line[] = [
  ...Object.entries(SENTENCES).map(([font, [width, within]]) => ({
    font,
    text: ENGLISH,
    expected: width * SIZE,
    within,
  })),
  ...CHARACTERS.flatMap(([fonts, text, width, within]) =>
    fonts.split(', ').map(font => ({ font, text, expected: width * text.length * SIZE, within })),
  ),
]

function paragraph({ font, text }: Line): Paragraph {
  return new Paragraph({
    children: [new TextRun({ text, size: 2 * SIZE, font: { ascii: font, hAnsi: font, eastAsia: font } })],
  })
}

describe('a font that is missing', () => {
  let testEngine: TestEngine
  before(async () => {
    testEngine = await openTestEngine('bwrap')
    await testEngine.engine.start()
  })
  after(() => testEngine.close())

  it('is replaced by one of its widths, by its English name and by its own', async () => {
    const bytes = await Packer.toBuffer(new Document({ sections: [{ children: LINES.map(paragraph) }] }))
    const widths = await lineWidths(
      (await make(testEngine, { bytes, format: 'docx' }, { target: 'pdf' })).bytes,
    )
    assert.equal(widths.length, LINES.length)
    const wrong = LINES.map(({ font, text, expected, within }, at) => {
      const off = (widths[at] ?? 0) / expected - 1
      return Math.abs(off) <= within ? '' : `${font}, ${text.slice(0, 5)}: ${(100 * off).toFixed(1)} %`
    })
    assert.deepEqual(
      wrong.filter(line => line !== ''),
      [],
    )
  })
})
