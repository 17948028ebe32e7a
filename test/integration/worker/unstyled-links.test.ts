import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { archive, partsOf } from '#test/documents/archive.ts'
import {
  INNER_LINKS,
  LINK_ADDRESSES,
  RICH_LINK_ADDRESSES,
  richTextWithLinks,
  wordWithLinks,
} from '#test/documents/sample-links.ts'
import { pagePictures, pdfObjects } from '#test/pdf.ts'
import { shown } from './shown.ts'
import { openTestEngine, type TestEngine } from './test-engine.ts'

const TYPES = {
  docx: 'vnd.openxmlformats-officedocument.wordprocessingml.document',
  dotx: 'vnd.openxmlformats-officedocument.wordprocessingml.template',
  docm: 'vnd.ms-word.document.macroEnabled',
  dotm: 'vnd.ms-word.template.macroEnabledTemplate',
}
/** A note and its number lead to each other. */
const LINKS_OF_NOTE = 2
const HIDDEN = '<w:r><w:rPr><w:vanish/></w:rPr><w:t>Hidden</w:t></w:r>'

/** The addresses of the links of a PDF, and how many lead to a place in it. */
async function linksIn(pdf: Buffer): Promise<{ addresses: string[]; inner: number }> {
  const objects = await pdfObjects(pdf)
  const addresses = [...objects.matchAll(/\/URI \((.*?)\)/g)].map(([, address = '']) => address)
  const all = objects.match(/\/Subtype \/Link\b/g) ?? []
  return { addresses: addresses.toSorted(), inner: all.length - addresses.length }
}

describe('links without a character style', () => {
  let testEngine: TestEngine
  before(async () => {
    testEngine = await openTestEngine('bwrap')
    await testEngine.engine.start()
  })
  after(() => testEngine.close())

  for (const [format, type] of Object.entries(TYPES))
    it(`can be clicked on in a PDF wherever they are, and look as they did: ${format}`, async () => {
      const pdfOf = async (isLinked: boolean) =>
        (
          await shown(
            testEngine,
            { bytes: await wordWithLinks({ isLinked, type }), format },
            { target: 'pdf' },
          )
        ).bytes
      const [linked, plain] = [await pdfOf(true), await pdfOf(false)]
      assert.deepEqual(await linksIn(linked), {
        addresses: LINK_ADDRESSES.toSorted(),
        inner: INNER_LINKS + 2 * LINKS_OF_NOTE,
      })
      assert.deepEqual(await linksIn(plain), { addresses: [], inner: 2 * LINKS_OF_NOTE })
      assert.deepEqual(await pagePictures(linked), await pagePictures(plain))
    })

  it('can be so in each kind of PDF', async () => {
    for (const target of ['pdfa-2b', 'pdfua']) {
      const { bytes } = await shown(testEngine, { bytes: await wordWithLinks(), format: 'docx' }, { target })
      assert.deepEqual((await linksIn(bytes)).addresses, LINK_ADDRESSES.toSorted())
    }
  })

  it('can be so in a rich text', async () => {
    const pdfOf = async (isLinked: boolean) =>
      (await shown(testEngine, { bytes: richTextWithLinks({ isLinked }), format: 'rtf' }, { target: 'pdf' }))
        .bytes
    const [linked, plain] = [await pdfOf(true), await pdfOf(false)]
    assert.deepEqual(await linksIn(linked), {
      addresses: RICH_LINK_ADDRESSES.toSorted(),
      inner: INNER_LINKS + LINKS_OF_NOTE,
    })
    assert.deepEqual(await pagePictures(linked), await pagePictures(plain))
  })

  it('can be so where the text is changed before it is printed', async () => {
    const parts = await partsOf(await wordWithLinks())
    const body = String(parts['word/document.xml']).replace('<w:p>', `<w:p>${HIDDEN}`)
    const bytes = await archive({ ...parts, 'word/document.xml': body })
    const settings = { target: 'pdf', options: { hiddenText: true } }
    const made = await shown(testEngine, { bytes, format: 'docx' }, settings)
    assert.match(made.lines.join('\n'), /Hidden/)
    assert.deepEqual((await linksIn(made.bytes)).addresses, LINK_ADDRESSES.toSorted())
  })
})
