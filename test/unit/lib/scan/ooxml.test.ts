import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { archive, type Parts, partsOf } from '#test/documents/archive.ts'
import { truncated } from '#test/documents/broken.ts'
import { deck } from '#test/documents/deck.ts'
import { letter } from '#test/documents/letter.ts'
import { lockedDeck } from '#test/documents/locked.ts'
import { sheet } from '#test/documents/sheet.ts'
import { assertRefused, formatOf } from './expect.ts'

const RELS = '_rels/.rels'
const TYPES = '[Content_Types].xml'

/** A deck in which some parts are replaced, or left out where the new content is undefined. */
async function changed(changes: Record<string, ((content: string) => string) | undefined>): Promise<Buffer> {
  const parts = await partsOf(await deck())
  const kept: Parts = {}
  for (const [name, content] of Object.entries(parts)) {
    if (!(name in changes)) kept[name] = content
    const change = changes[name]
    if (change) kept[name] = change(String(content))
  }
  return archive(kept)
}

describe('a scan of Office documents', () => {
  it('knows presentations, documents and workbooks', async () => {
    assert.equal(await formatOf(await deck(), 'deck.pptx'), 'pptx')
    assert.equal(await formatOf(await letter(), 'letter.docx'), 'docx')
    assert.equal(await formatOf(await sheet(), 'sheet.xlsx'), 'xlsx')
  })

  it('tells shows, templates and macros by the type of the main part', async () => {
    const kinds = {
      ppsx: 'application/vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml',
      potx: 'application/vnd.openxmlformats-officedocument.presentationml.template.main+xml',
      pptm: 'application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml',
      dotm: 'application/vnd.ms-word.template.macroEnabledTemplate.main+xml',
      xlsb: 'application/vnd.ms-excel.sheet.binary.macroEnabled.main',
    }
    for (const [format, type] of Object.entries(kinds)) {
      const made = await changed({ [TYPES]: xml => xml.replace(/[^"]*presentation\.main\+xml/, type) })
      assert.equal(await formatOf(made, `some.${format}`), format)
    }
  })

  it('goes by the content under an older extension of the same family, or under an unknown one', async () => {
    assert.equal(await formatOf(await deck(), 'deck.ppt'), 'pptx')
    assert.equal(await formatOf(await deck(), 'deck.odp'), 'pptx')
    assert.equal(await formatOf(await deck(), 'deck.bak'), 'pptx')
    assert.equal(await formatOf(await deck(), 'deck'), 'pptx')
  })

  it('names both sides when the name claims another family', async () => {
    const sentence = 'This is not a PowerPoint presentation: it is a Word document named .pptx.'
    await assertRefused([await letter(), 'Letter.PPTX'], 'type_mismatch', new RegExp(sentence))
  })

  it('finds the main part whatever it is called and however it is pointed at', async () => {
    for (const target of ['/ppt/presentation.xml', './ppt/presentation.xml', 'PPT/Presentation.xml']) {
      const made = await changed({ [RELS]: xml => xml.replace('ppt/presentation.xml', target) })
      assert.equal(await formatOf(made, 'deck.pptx'), 'pptx', target)
    }
  })

  it('takes the type by extension where no part is named, and relationships in the strict dialect', async () => {
    const main = 'application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml'
    const made = await changed({
      [TYPES]: () => `<Types><Default Extension="XML" ContentType="${main}"/></Types>`,
      [RELS]: () =>
        `<Relationships><Relationship Target="ppt/presentation.xml" Type='http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument'/></Relationships>`,
    })
    assert.equal(await formatOf(made, 'deck.pptx'), 'pptx')
  })

  it('reads lists in UTF-16', async () => {
    const parts = await partsOf(await deck())
    parts[TYPES] = Buffer.from(`\ufeff${parts[TYPES]}`, 'utf16le')
    assert.equal(await formatOf(await archive(parts), 'deck.pptx'), 'pptx')
  })

  it('says that a locked file needs its password', async () => {
    await assertRefused([await lockedDeck(), 'deck.pptx'], 'password_required', /locked with a password/)
  })

  it('says that a cut-off file is damaged', async () => {
    await assertRefused(
      [truncated(await deck({ pictures: 2 })), 'deck.pptx'],
      'corrupt_file',
      /its end is missing/,
    )
  })

  it('says what is missing in a damaged package', async () => {
    const broken: [string, Parameters<typeof changed>[0], RegExp][] = [
      ['no relationships', { [RELS]: undefined }, /main one/],
      ['empty relationships', { [RELS]: () => 'CORRUPTED' }, /main one/],
      ['no main part', { 'ppt/presentation.xml': undefined }, /main part “ppt\/presentation.xml” is missing/],
    ]
    for (const [what, change, sentence] of broken) {
      await assertRefused([await changed(change), `${what}.pptx`], 'corrupt_file', sentence)
    }
  })

  it('names packages that are no office document', async () => {
    const xps = await changed({
      [RELS]: xml => xml.replace('/relationships/officeDocument', '/fixedrepresentation'),
    })
    await assertRefused([xps, 'deck.pptx'], 'type_mismatch', /it is an XPS document named \.pptx/)
    await assertRefused([xps, 'print.xps'], 'unsupported_format', /\(an XPS document\)/)
  })
})
