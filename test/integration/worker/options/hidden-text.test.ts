import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { partsOf } from '#test/documents/archive.ts'
import {
  HIDDEN_IN_OPEN_TEXT,
  HIDDEN_IN_WORD,
  openTextWithHiddenText,
  SHOWN_IN_OPEN_TEXT,
  SHOWN_IN_WORD,
  wordWithHiddenText,
} from '#test/documents/reviewed.ts'
import { saved, shown } from '../shown.ts'
import { openTestEngine, type TestEngine, type TestSource } from '../test-engine.ts'

describe('hidden text', () => {
  let testEngine: TestEngine
  before(async () => {
    testEngine = await openTestEngine('bwrap')
    await testEngine.engine.start()
  })
  after(() => testEngine.close())

  const leftOut = async (source: TestSource, lines: string[], count: number) => {
    for (const target of ['txt', 'pdf']) {
      const found = await shown(testEngine, source, { target })
      assert.deepEqual(found.lines, lines, target)
      assert.deepEqual(found.notes, [['hidden_text_left_out', count]], target)
    }
    const { bytes, notes } = await shown(testEngine, source, { target: 'html' })
    assert.doesNotMatch(bytes.toString(), /HIDDEN/)
    assert.deepEqual(notes, [['hidden_text_left_out', count]])
  }

  it('of Word is left out and counted, in a web page too, whatever hides it', async () =>
    leftOut({ bytes: await wordWithHiddenText(), format: 'docx' }, SHOWN_IN_WORD, HIDDEN_IN_WORD))

  it('of OpenDocument is left out and counted, sections and conditions too', () =>
    leftOut({ bytes: openTextWithHiddenText(), format: 'fodt' }, SHOWN_IN_OPEN_TEXT, HIDDEN_IN_OPEN_TEXT))

  it('of each other format is left out and counted, also where that is found only after printing', async () => {
    const docx = { bytes: await wordWithHiddenText(), format: 'docx' }
    const filters = { odt: 'writer8', doc: 'MS Word 97', rtf: 'Rich Text Format' }
    for (const [format, bytes] of await saved(docx, filters))
      await leftOut({ bytes, format }, SHOWN_IN_WORD, HIDDEN_IN_WORD)
    const open = { bytes: openTextWithHiddenText(), format: 'fodt' }
    for (const [format, bytes] of await saved(open, { odt: 'writer8' }))
      await leftOut({ bytes, format }, SHOWN_IN_OPEN_TEXT, HIDDEN_IN_OPEN_TEXT)
  })

  it('is shown when that is asked for', async () => {
    const options = { hiddenText: true }
    for (const [format, bytes, count] of [
      ['docx', await wordWithHiddenText(), HIDDEN_IN_WORD],
      ['fodt', openTextWithHiddenText(), HIDDEN_IN_OPEN_TEXT + 2],
    ] as const)
      for (const target of ['txt', 'pdf', 'html']) {
        const made = await shown(testEngine, { bytes, format }, { target, options })
        assert.equal(made.lines.join(' ').split('HIDDEN').length - 1, count, `${format} as ${target}`)
        assert.deepEqual(made.notes, [])
      }
  })

  it('stays hidden in an office format; where that knows no hidden section, it is left out', async () => {
    const source = { bytes: openTextWithHiddenText(), format: 'fodt' }
    const odt = await shown(testEngine, source, { target: 'odt' })
    assert.match(String((await partsOf(odt.bytes))['content.xml']), /text:display="none".*HIDDEN/s)
    assert.deepEqual(odt.notes, [])
    const docx = await shown(testEngine, source, { target: 'docx' })
    const words = String((await partsOf(docx.bytes))['word/document.xml'])
    assert.match(words, /<w:vanish\/>.*HIDDEN/s)
    assert.equal(words.split('HIDDEN').length - 1, 1)
    assert.deepEqual(docx.notes, [['hidden_text_left_out', HIDDEN_IN_OPEN_TEXT - 1]])
  })

  it('is not told of a text whose styles alone hide', async () => {
    const bytes = openTextWithHiddenText().replace(
      /<office:text>.*<\/office:text>/s,
      '<office:text><text:p>x</text:p></office:text>',
    )
    for (const target of ['txt', 'pdf'])
      assert.deepEqual((await shown(testEngine, { bytes, format: 'fodt' }, { target })).notes, [])
  })
})
