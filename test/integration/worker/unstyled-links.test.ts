import assert from 'node:assert/strict'
import { hash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { archive, partsOf } from '#test/documents/archive.ts'
import {
  INNER_LINKS,
  LINK_ADDRESSES,
  RICH_LINK_ADDRESSES,
  RICH_TEXT_WITH_LINKS,
  wordWithLinks,
} from '#test/documents/sample-links.ts'
import { pagePictures, pdfObjects } from '#test/pdf.ts'
import { shown } from './shown.ts'
import { openTestEngine, type TestEngine, type TestSource } from './test-engine.ts'
import { type Soffice, startSoffice } from './uno/soffice.ts'

const TYPES = {
  docx: 'vnd.openxmlformats-officedocument.wordprocessingml.document',
  dotx: 'vnd.openxmlformats-officedocument.wordprocessingml.template',
  docm: 'vnd.ms-word.document.macroEnabled',
  dotm: 'vnd.ms-word.template.macroEnabledTemplate',
}
/** Formats with the names of LibreOffice's filters. */
const OPEN_TEXTS = [
  ['odt', 'writer8'],
  ['ott', 'writer8_template'],
  ['fodt', 'OpenDocument Text Flat XML'],
] as const
/** A note and its number lead to each other. */
const LINKS_OF_NOTE = 2
const ALL_OF_WORD = { addresses: LINK_ADDRESSES.toSorted(), inner: INNER_LINKS + 2 * LINKS_OF_NOTE }
const ALL_OF_RICH_TEXT = { addresses: RICH_LINK_ADDRESSES.toSorted(), inner: INNER_LINKS + LINKS_OF_NOTE }
const HIDDEN = '<w:r><w:rPr><w:vanish/></w:rPr><w:t>Hidden</w:t></w:r>'

interface LinksInPdf {
  addresses: string[]
  /** How many lead to a place in it. */
  inner: number
}

async function linksIn(pdf: Buffer): Promise<LinksInPdf> {
  const objects = await pdfObjects(pdf)
  const addresses = [...objects.matchAll(/\/URI \((.*?)\)/g)].map(([, address = '']) => address)
  const all = objects.match(/\/Subtype \/Link\b/g) ?? []
  return { addresses: addresses.toSorted(), inner: all.length - addresses.length }
}

/** Of the pictures of all pages; comparing the pictures themselves takes minutes where they differ. */
async function digests(pdf: Buffer): Promise<string[]> {
  return (await pagePictures(pdf)).map(({ pixels }) => hash('sha256', pixels))
}

describe('links without a character style', () => {
  let testEngine: TestEngine
  let soffice: Soffice
  before(async () => {
    testEngine = await openTestEngine('bwrap')
    await testEngine.engine.start()
    soffice = await startSoffice()
  })
  after(async () => {
    await testEngine.close()
    await soffice.stop()
  })

  /** What LibreOffice itself writes of a document. */
  async function saved({ bytes, format }: TestSource, filter: string): Promise<Buffer> {
    const [path, copy] = [join(soffice.directory, `a.${format}`), join(soffice.directory, 'copy')]
    await writeFile(path, bytes)
    const document = await soffice.office.load(path)
    await document?.store(copy, filter)
    await document?.close()
    return readFile(copy)
  }

  /** Its links are all there, and it looks as LibreOffice itself prints it. */
  async function assertKept(source: TestSource, links: LinksInPdf): Promise<void> {
    const { bytes } = await shown(testEngine, source, { target: 'pdf' })
    assert.deepEqual(await linksIn(bytes), links)
    const own = await saved(source, 'writer_pdf_Export')
    // LibreOffice 7.4 has none of them in its PDF, 25.2 all.
    assert.ok((await linksIn(own)).addresses.every(address => links.addresses.includes(address)))
    assert.deepEqual(await digests(bytes), await digests(own))
  }

  for (const [format, type] of Object.entries(TYPES))
    it(`can be clicked on in a PDF wherever they are, and look as they did: ${format}`, async () =>
      assertKept({ bytes: await wordWithLinks(type), format }, ALL_OF_WORD))

  it('can be so in each kind of PDF', async () => {
    for (const target of ['pdfa-2b', 'pdfua']) {
      const { bytes } = await shown(testEngine, { bytes: await wordWithLinks(), format: 'docx' }, { target })
      assert.deepEqual((await linksIn(bytes)).addresses, LINK_ADDRESSES.toSorted())
    }
  })

  it('can be so in a rich text', async () =>
    assertKept({ bytes: RICH_TEXT_WITH_LINKS, format: 'rtf' }, ALL_OF_RICH_TEXT))

  it('can be so where the text is changed before it is printed', async () => {
    const parts = await partsOf(await wordWithLinks())
    const body = String(parts['word/document.xml']).replace('<w:p>', `<w:p>${HIDDEN}`)
    const bytes = await archive({ ...parts, 'word/document.xml': body })
    const settings = { target: 'pdf', options: { hiddenText: true } }
    const made = await shown(testEngine, { bytes, format: 'docx' }, settings)
    assert.match(made.lines.join('\n'), /Hidden/)
    assert.deepEqual((await linksIn(made.bytes)).addresses, LINK_ADDRESSES.toSorted())
  })

  for (const [format, filter] of OPEN_TEXTS)
    it(`can be so in an OpenDocument text that LibreOffice made of such a document: ${format}`, async () => {
      const bytes = await saved({ bytes: await wordWithLinks(), format: 'docx' }, filter)
      await assertKept({ bytes, format }, ALL_OF_WORD)
    })

  for (const style of ['Standard', 'No_20_Character_20_Style', 'Default'])
    it(`can be so in an OpenDocument text with the default style: ${style}`, async () => {
      const made = await saved({ bytes: RICH_TEXT_WITH_LINKS, format: 'rtf' }, 'OpenDocument Text Flat XML')
      // LibreOffice 7.4 writes the default style, 25.2 that of links.
      const bytes = String(made)
        .replaceAll('style-name="Default_20_Style"', `style-name="${style}"`)
        .replaceAll(/(<text:a [^>]*text:style-name=)"\w+"/g, `$1"${style}"`)
      assert.match(bytes, new RegExp(`<text:a [^>]*text:style-name="${style}"`))
      await assertKept({ bytes, format: 'fodt' }, ALL_OF_RICH_TEXT)
    })
})
