import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { flat } from '#test/documents/flat.ts'
import { quarters } from '#test/documents/sample-picture.ts'
import { saved, shown } from './shown.ts'
import { openTestEngine, type TestEngine } from './test-engine.ts'

const FILTERS = { odt: 'writer8', docx: 'MS Word 2007 XML', doc: 'MS Word 97' }

/** A picture of this width in pixels, by which it is found in a rich text. */
const picture = (width: number) =>
  `<draw:frame text:anchor-type="as-char" svg:width="2cm" svg:height="1cm"><draw:image><office:binary-data>${quarters(width, 10).toString('base64')}</office:binary-data></draw:image></draw:frame>`
const noteOf = (kind: 'footnote' | 'endnote', inside: string) =>
  `<text:note text:note-class="${kind}"><text:note-citation>1</text:note-citation><text:note-body><text:p>${inside}</text:p></text:note-body></text:note>`

describe('pictures of a rich text', () => {
  let testEngine: TestEngine
  before(async () => {
    testEngine = await openTestEngine('bwrap')
    await testEngine.engine.start()
  })
  after(() => testEngine.close())

  const lostIn = async (bytes: string | Buffer, format: string) => {
    const { bytes: rtf, notes } = await shown(testEngine, { bytes, format }, { target: 'rtf' })
    const widths = [...rtf.toString('latin1').matchAll(/\\picw(\d+)/g)].map(([, width]) => Number(width))
    return { widths, lost: notes.filter(([code]) => code === 'pictures_of_notes_missing') }
  }

  it('are missing where they are in its footnotes and endnotes, which is told', async () => {
    const inNotes = [noteOf('footnote', picture(22)), noteOf('footnote', `and ${picture(24)}`)]
    const all = `<text:p>words ${picture(20)}${inNotes.join('')}${noteOf('endnote', picture(26))}</text:p>`
    const source = { bytes: flat('text', all), format: 'fodt' }
    for (const [format, bytes] of [['fodt', source.bytes], ...(await saved(source, FILTERS))] as const)
      assert.deepEqual(await lostIn(bytes, format), {
        widths: [20],
        lost: [['pictures_of_notes_missing', 3]],
      })
  })

  it('are all there where its notes have none', async () => {
    const text = flat('text', `<text:p>words ${picture(20)}${noteOf('footnote', 'A note.')}</text:p>`)
    assert.deepEqual(await lostIn(text, 'fodt'), { widths: [20], lost: [] })
  })
})
