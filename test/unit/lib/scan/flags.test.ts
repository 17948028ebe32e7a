import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Flags, noFlags } from '#lib/scan/flags.ts'
import { sourceOfBuffer } from '#lib/scan/source.ts'
import { scan } from '#lib/scan.ts'
import { note } from '#lib/vocabulary/notes.ts'
import { archive, partsOf } from '#test/documents/archive.ts'
import { deck } from '#test/documents/deck.ts'
import { letter } from '#test/documents/letter.ts'
import { openText, word, wordLinking } from '#test/documents/packages.ts'
import { compound } from '#test/documents/sample-compound.ts'
import { sheet } from '#test/documents/sheet.ts'
import { visioDrawing } from '#test/documents/visio.ts'

/** What was found beyond what an empty document has. */
async function found(content: Buffer | string, fileName: string): Promise<Partial<Flags>> {
  const { flags } = await scan(sourceOfBuffer(Buffer.from(content)), fileName)
  const nothing = JSON.parse(JSON.stringify(noFlags()))
  const entries = Object.entries(flags).filter(([key, value]) => {
    return JSON.stringify(value) !== JSON.stringify(nothing[key])
  })
  return Object.fromEntries(entries)
}

describe('what a scan finds for the report', () => {
  it('is nothing in plain documents', async () => {
    assert.deepEqual(await found(await deck(), 'a.pptx'), {})
    // It brings a default style, which leaves Asian text as it is, and tab stops.
    const styles = { asianGaps: true, hangulWhole: true, tabDistance: true }
    assert.deepEqual(await found(await letter(), 'a.docx'), styles)
    assert.deepEqual(await found(await sheet(), 'a.xlsx'), {})
    assert.deepEqual(await found(await openText(), 'a.odt'), {})
    assert.deepEqual(await found('hello', 'a.txt'), {})
  })

  it('is a part that breaks off, since LibreOffice goes on without the rest and says nothing', async () => {
    const broken = await word(undefined, {
      'word/header1.xml': '<a>Smith & Sons</a>',
      'word/header2.xml': '<a><b></a>',
      'docProps/app.xml': '<a>Smith & Sons</a>',
      'xl/drawings/vmlDrawing1.vml': '<xml><br></xml>',
    })
    const { notes = [] } = await found(broken, 'a.docx')
    assert.deepEqual(notes, [note('part_broken', { count: 2, details: { part: 'word/header1.xml' } })])
  })

  it('counts backgrounds of a Visio drawing, wherever the file is cut into pieces', async () => {
    const parts = await partsOf(await visioDrawing('box'))
    const name = 'visio/pages/pages.xml'
    const backgrounds = Array.from(
      { length: 3000 },
      (_, id) => `<Page ID="${id + 1}" Name="B" Background="1"><Rel r:id="rId1"/></Page>`,
    )
    const xml = String(parts[name]).replace('</Pages>', `${backgrounds.join('')}</Pages>`)
    const { drawingPages } = await found(await archive({ ...parts, [name]: xml }), 'a.vsdx')
    assert.deepEqual(drawingPages, { count: 3001, backgrounds: 3000 })
    assert.deepEqual(await found(await visioDrawing('box'), 'a.vsdx'), {})
  })

  it('is plain data', async () => {
    const { flags } = await scan(sourceOfBuffer(await letter()), 'a.docx')
    assert.deepEqual(JSON.parse(JSON.stringify(flags)), flags)
  })

  it('counts what would be fetched, by scheme and never with an address', async () => {
    const made = await wordLinking([
      { kind: 'image', target: 'HTTP://user:secret@example.org/a.png' },
      { kind: 'image', target: 'http://example.org/b.png' },
      { kind: 'attachedTemplate', target: 'file:///C:/Users/anna/t.dotx' },
      { kind: 'oleObject', target: '\\\\server\\share' },
      { kind: 'hyperlink', target: 'https://example.org' },
      { kind: 'image', target: 'media/a.png', external: false },
    ])
    const externalLinks = { count: 2, schemes: ['http'] }
    const notes = [note('sources_not_read'), note('template_not_fetched')]
    assert.deepEqual(await found(made, 'a.docx'), { externalLinks, links: 1, notes })
  })

  it('keeps a few schemes of any number', async () => {
    const many = Array.from({ length: 30 }, (_, n) => ({ kind: 'image', target: `scheme${n}:x` }))
    const unused = await found(await wordLinking(many, { isShown: false }), 'a.docx')
    assert.deepEqual(unused, {})
    const { externalLinks } = await found(await wordLinking(many), 'a.docx')
    assert.equal(externalLinks?.count, 30)
    assert.equal(externalLinks?.schemes.length, 5)
  })

  it('finds links of OpenDocument, drawings and web pages, and leaves those to click on', async () => {
    const pictures = [
      'http://a/b',
      '/etc/passwd',
      '../a.png',
      'Pictures/a.png',
      '#a',
      'data:image/png;base64,x',
    ]
    const images = pictures.map(address => `<draw:image xlink:href="${address}"/>`).join('')
    const links = '<text:a xlink:type="simple" xlink:href="https://c">x</text:a>'
    const externalLinks = { count: 3, schemes: ['http', 'path'] }
    const text = await found(await openText(images + links), 'a.odt')
    assert.deepEqual(text, { externalLinks, links: 1, tiedPages: true })
    const svg = `<svg><image href='ftp://a/b'/><a href="http://c"/><use href="#a"/></svg>`
    assert.deepEqual(await found(svg, 'a.svg'), { externalLinks: { count: 1, schemes: ['ftp'] }, links: 1 })
    const html = `<html><img width=1 src="http://a"><a href="http://b">x</a><iframe src='file:///x'></html>`
    assert.deepEqual(await found(html, 'a.html'), {
      externalLinks: { count: 2, schemes: ['http', 'file'] },
      links: 1,
    })
  })

  it('finds links that lie across the pieces in which a file is read', async () => {
    const link = '<image href="http://a/b"/>'
    for (let shift = 0; shift <= link.length; shift += 5) {
      const before = `<svg>${' '.repeat(256 * 1024 - 5 - shift)}`
      const { externalLinks } = await found(`${before}${link}</svg>`, 'a.svg')
      assert.equal(externalLinks?.count, 1, String(shift))
    }
  })

  it('finds macros of every family', async () => {
    const vba = { 'word/vbaProject.bin': 'x' }
    assert.deepEqual(await found(await word(undefined, vba), 'a.docx'), { macros: true })
    const basic = { 'Basic/Standard/script-lb.xml': '<a/>', 'Basic/Standard/Module1.xml': '<a/>' }
    assert.deepEqual(await found(await openText(undefined, basic), 'a.odt'), { macros: true })
    const list = { 'Basic/Standard/script-lb.xml': '<a/>' }
    assert.deepEqual(await found(await openText(undefined, list), 'a.odt'), {})
    const event = '<script:event-listener xlink:href="vnd.sun.star.script:a.b"/>'
    assert.deepEqual(await found(await openText(event), 'a.odt'), { macros: true })
    const old = compound({ WordDocument: Buffer.alloc(100), Macros: Buffer.alloc(1) })
    assert.equal((await found(old, 'a.doc')).macros, true)
  })

  it('distinguishes objects, embedded files and media', async () => {
    const made = await word(undefined, {
      'word/embeddings/oleObject1.bin': compound({ Ole: Buffer.alloc(10) }),
      'word/embeddings/Microsoft_Excel_Sheet1.xlsx': await sheet(),
      'word/embeddings/notes.pdf': '%PDF-1.4',
      'word/media/film.mp4': 'x',
      'word/media/sound.WAV': 'x',
      'word/media/picture.png': 'x',
    })
    assert.deepEqual(await found(made, 'a.docx'), { oleObjects: 1, embeddedFiles: 2, media: 2 })
    const objects = { 'Object 1/content.xml': '<a/>', 'Object 2': compound({ Ole: Buffer.alloc(10) }) }
    assert.deepEqual(await found(await openText(undefined, objects), 'a.odt'), { oleObjects: 2 })
  })

  it('counts hidden slides', async () => {
    const parts = await partsOf(await deck({ slides: 3 }))
    for (const number of [1, 3]) {
      const name = `ppt/slides/slide${number}.xml`
      parts[name] = String(parts[name]).replace('<p:sld ', '<p:sld show="0" ')
    }
    assert.deepEqual(await found(await archive(parts), 'a.pptx'), { hiddenSlides: 2 })
  })
})
