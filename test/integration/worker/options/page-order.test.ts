import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { partsOf } from '#test/documents/archive.ts'
import { deck } from '#test/documents/deck.ts'
import { flat } from '#test/documents/flat.ts'
import { letter } from '#test/documents/letter.ts'
import { workbook } from '#test/documents/sheet.ts'
import { pageText, pdfBookmarks } from '#test/pdf.ts'
import { make, openTestEngine, type TestEngine, type TestSettings, type TestSource } from '../test-engine.ts'

const NAMES = ['First', 'Second', 'Third', 'Fourth', 'Fifth']

const drawing = () => {
  const page = (name: string) =>
    `<draw:page draw:name="${name}"><draw:frame svg:width="9cm" svg:height="2cm" svg:x="1cm" svg:y="1cm"><draw:text-box><text:p>${name}</text:p></draw:text-box></draw:frame></draw:page>`
  return { bytes: flat('drawing', NAMES.map(page).join('')), format: 'fodg' }
}
const slides = async (hidden: number[] = []) => ({
  bytes: await deck({ slides: 5, notes: true, hidden }),
  format: 'pptx',
})

describe('pages that are asked for', () => {
  let testEngine: TestEngine
  before(async () => {
    testEngine = await openTestEngine('bwrap')
    await testEngine.engine.start()
  })
  after(() => testEngine.close())

  async function printed(source: TestSource, wanted: TestSettings, word: RegExp) {
    const { bytes } = await make(testEngine, source, wanted)
    return [...(await pageText(bytes)).matchAll(word)].map(([, found]) => found).join(' ')
  }

  it('come in the order in which they are named, from every family and in every kind of PDF', async () => {
    const pages = '4-2,5'
    for (const target of ['pdf', 'pdfa-1b', 'pdfua'])
      assert.equal(
        await printed(await slides(), { target, options: { pages } }, /slide (\d) of/g),
        '4 3 2 5',
        target,
      )
    const text = { bytes: await letter({ pages: 5 }), format: 'docx' }
    assert.equal(await printed(text, { target: 'pdf', options: { pages } }, /page (\d) of/g), '4 3 2 5')
    const sheets = { bytes: await workbook(NAMES, { columns: 1 }), format: 'xlsx' }
    const word = new RegExp(`(${NAMES.join('|')})`, 'g')
    assert.equal(
      await printed(sheets, { target: 'pdf', options: { pages } }, word),
      'Fourth Third Second Fifth',
    )
    assert.equal(
      await printed(drawing(), { target: 'pdf', options: { pages } }, word),
      'Fourth Third Second Fifth',
    )
  })

  it('are counted without hidden slides, and their notes follow in the same order', async () => {
    const [source, word] = [await slides([2]), /Deck: slide (\d)/g]
    assert.equal(await printed(source, { target: 'pdf', options: { pages: '3,1' } }, word), '4 1')
    assert.equal(
      await printed(source, { target: 'pdf', options: { pages: '3-1', hiddenSlides: true } }, word),
      '3 2 1',
    )
    assert.equal(
      await printed(source, { target: 'pdf', options: { pages: '3,1', notes: 'only' } }, word),
      '4 1',
    )
    assert.equal(
      await printed(source, { target: 'pdf', options: { pages: '3,1', notes: 'added' } }, word),
      '4 1 4 1',
    )
  })

  it('are what bookmarks lead to, where there are any', async () => {
    for (const [pages, expected] of [
      ['3-4', { 'Slide 3': 1, 'Slide 4': 2 }],
      ['5,2-3', { 'Slide 2': 2, 'Slide 3': 3, 'Slide 5': 1 }],
    ] as const) {
      const { bytes } = await make(testEngine, await slides(), { target: 'pdf', options: { pages } })
      assert.deepEqual(await pdfBookmarks(bytes), expected)
    }
    const drawn = async (pages: string) =>
      pdfBookmarks((await make(testEngine, drawing(), { target: 'pdf', options: { pages } })).bytes)
    assert.deepEqual([await drawn('1-2'), await drawn('4,2')], [{ First: 1, Second: 2 }, {}])
  })

  it('become pictures and words in that order, each picture with the number of its page', async () => {
    const zip = await make(testEngine, await slides(), { target: 'png', options: { pages: '3,1' } })
    assert.deepEqual(Object.keys(await partsOf(zip.bytes)), ['slide-03.png', 'slide-01.png'])
    const { bytes } = await make(testEngine, await slides(), { target: 'txt', options: { pages: '3,1' } })
    assert.match(String(bytes), /slide 3.*\f.*slide 1/s)
  })
})
