import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sourceOfBuffer } from '#lib/scan/source.ts'
import { scan } from '#lib/scan.ts'
import { archive, type Parts, partsOf } from '#test/documents/archive.ts'
import { deck } from '#test/documents/deck.ts'
import { word } from '#test/documents/packages.ts'
import { paragraph, run } from '#test/documents/sample-fields.ts'
import { picture } from '#test/documents/sample-picture.ts'
import { sheet } from '#test/documents/sheet.ts'
import { webArchive } from '#test/documents/web-archive.ts'
import { pageText, pdfPictures } from '#test/pdf.ts'
import { collectNotes, make, openTestEngine, type TestEngine } from './test-engine.ts'

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const COMPATIBILITY = 'http://schemas.openxmlformats.org/markup-compatibility/2006'

/** A Word document in which these files stand between two lines. */
function wordWith(files: Parts): Promise<Buffer> {
  const names = Object.keys(files)
  const places = names.map((_, index) => `<w:altChunk xmlns:r="${OFFICE}" r:id="c${index}"/>`)
  const relations = names.map(
    (name, index) => `<Relationship Id="c${index}" Type="${OFFICE}/aFChunk" Target="${name}"/>`,
  )
  return word(paragraph(run('before')) + places.join('') + paragraph(run('after')), {
    ...Object.fromEntries(Object.entries(files).map(([name, bytes]) => [`word/${name}`, bytes])),
    'word/_rels/document.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${relations.join('')}</Relationships>`,
  })
}

/** A deck with a shape in two forms, the older of which is a picture. */
async function deckWith(newer: string): Promise<Buffer> {
  const parts = await partsOf(await deck({ slides: 1 }))
  const frame = `<a:xfrm><a:off x="0" y="2000000"/><a:ext cx="900000" cy="900000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>`
  const older = `<p:pic><p:nvPicPr><p:cNvPr id="51" name="p"/><p:cNvPicPr/><p:nvPr/></p:nvPicPr><p:blipFill><a:blip r:embed="in"/><a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr>${frame}</p:spPr></p:pic>`
  const shape = `<mc:AlternateContent xmlns:mc="${COMPATIBILITY}"><mc:Choice xmlns:a14="http://schemas.microsoft.com/office/drawing/2010/main" xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main" Requires="a14 p14">${newer}</mc:Choice><mc:Fallback>${older}</mc:Fallback></mc:AlternateContent>`
  const change = (name: string, old: string, by: string) => {
    parts[name] = String(parts[name]).replace(old, by)
  }
  change('ppt/slides/slide1.xml', '</p:spTree>', `${shape}</p:spTree>`)
  const relation = `<Relationship Id="in" Type="${OFFICE}/image" Target="../media/a.png"/>`
  change('ppt/slides/_rels/slide1.xml.rels', '</Relationships>', `${relation}</Relationships>`)
  change('[Content_Types].xml', '<Override', '<Default Extension="png" ContentType="image/png"/><Override')
  return archive({ ...parts, 'ppt/media/a.png': await picture(20, 20) })
}

const MATH = 'http://schemas.openxmlformats.org/officeDocument/2006/math'
const equation = `<p:sp><p:nvSpPr><p:cNvPr id="50" name="e"/><p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:p><a14:m><m:oMath xmlns:m="${MATH}"><m:r><m:t>x</m:t></m:r></m:oMath></a14:m></a:p></p:txBody></p:sp>`

describe('what LibreOffice passes over in a package', () => {
  let testEngine: TestEngine
  before(async () => {
    testEngine = await openTestEngine('bwrap')
    await testEngine.engine.start()
  })
  after(() => testEngine.close())

  const shown = async (bytes: Buffer, format: string, target = 'pdf') => {
    const { insertedFiles = 0, fallbacks = 0 } = (await scan(sourceOfBuffer(bytes), `a.${format}`)).flags
    const { notes, onNote } = collectNotes()
    const listeners = { insertedFiles, fallbacks, onNote }
    const made = await make(testEngine, { bytes, format }, { target, ...listeners })
    return { result: made.bytes, notes }
  }
  const words = async (pdf: Buffer) => (await pageText(pdf)).replace(/\s+/g, ' ').trim()

  it('is put in where it belongs: files of each kind of text', async () => {
    const inner = await word(paragraph(run('three')))
    const files = {
      'a.html': '<html><body><p>one</p></body></html>',
      'b.rtf': '{\\rtf1 two\\par}',
      'c.docx': inner,
      'd.txt': 'four',
      'e.mht': webArchive('<html><body><p>five</p></body></html>'),
    }
    const { result, notes } = await shown(await wordWith(files), 'docx')
    assert.deepEqual([await words(result), notes], ['before one two three four five after', []])
  })

  it('is put in with its pictures: a web archive', async () => {
    const page = '<html><body><p>one <img src="a.png" width="20" height="20"></p></body></html>'
    const shownIn = { type: 'image/png', encoding: 'base64', location: 'http://a.example/a.png' }
    const first = { type: 'text/html; charset=utf-8', location: 'http://a.example/', content: page }
    const content = (await picture(20, 20)).toString('base64')
    const { result } = await shown(
      await wordWith({ 'a.mht': webArchive(first, [{ ...shownIn, content }]) }),
      'docx',
    )
    assert.equal((await pdfPictures(result)).length, 1)
  })

  it('is told where it is no text, or is not there', async () => {
    const { result, notes } = await shown(await wordWith({ 'a.bin': '\0\0', 'b.html': '<p>one</p>' }), 'docx')
    assert.deepEqual(notes, [['inserted_files_not_shown', 1]])
    assert.equal(await words(result), 'before one after')
  })

  it('leaves no mark in a document to go on with', async () => {
    const { result } = await shown(await wordWith({ 'b.html': '<p>one</p>' }), 'docx', 'odt')
    const content = String((await partsOf(result))['content.xml'])
    assert.match(content, /before.*one.*after/s)
    assert.doesNotMatch(content, /_inserted_|\/tmp\//)
  })

  it('is the value of a formula that tells where the workbook lies, though all is calculated anew', async () => {
    const parts = await partsOf(await sheet({ rows: 1 }))
    const part = 'xl/worksheets/sheet1.xml'
    const cell = '<c r="D1" t="str"><f>CELL("filename",A1)</f><v>C:\\[Plan.xlsx]One</v></c>'
    const bytes = await archive({ ...parts, [part]: String(parts[part]).replace('</row>', `${cell}</row>`) })
    const { keptFields = false } = (await scan(sourceOfBuffer(bytes), 'a.xlsx')).flags
    const listeners = { keptFields, recalculate: true }
    const made = await make(testEngine, { bytes, format: 'xlsx' }, { target: 'csv', ...listeners })
    assert.equal(made.bytes.toString().trim(), 'Sheet row 1,1,,C:\\[Plan.xlsx]One')
  })

  it('is said in a plain text: an equation of PowerPoint and the words around it', async () => {
    const around = (inner: string) => `<a:r><a:t>${inner}</a:t></a:r>`
    const square = `<a14:m><m:oMath xmlns:m="${MATH}"><m:sSup><m:e><m:r><m:t>α</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath></a14:m>`
    const place =
      '<p:spPr><a:xfrm><a:off x="0" y="2000000"/><a:ext cx="5000000" cy="900000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>'
    const beside = equation
      .replace('<p:spPr/>', place)
      .replace(/<a:p>.*<\/a:p>/, `<a:p>${around('As ')}${square}${around(' grows')}</a:p>`)
    const { result } = await shown(await deckWith(beside), 'pptx', 'txt')
    assert.match(result.toString(), /^As α\^2 grows$/m)
  })

  for (const [what, newer] of [
    ['an equation', equation],
    ['handwriting', '<p:contentPart p14:bwMode="auto" r:id="no"/>'],
  ] as const)
    it(`is drawn as the picture that stands in for it: ${what} of PowerPoint`, async () => {
      const { result } = await shown(await deckWith(newer), 'pptx')
      assert.equal((await pdfPictures(result)).length, 1)
      assert.match(await pageText(result), /slide 1/)
    })
})
