import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sourceOfBuffer } from '#lib/scan/source.ts'
import { scan } from '#lib/scan.ts'
import { archive, partsOf } from '#test/documents/archive.ts'
import { deck } from '#test/documents/deck.ts'
import { openText, wordParts } from '#test/documents/packages.ts'
import { picture } from '#test/documents/sample-picture.ts'
import { pdfPictures } from '#test/pdf.ts'
import { convert, openTestEngine, type TestEngine } from './test-engine.ts'

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const DRAWING = 'http://schemas.openxmlformats.org/drawingml/2006'
const SIZE = '<a:ext cx="900000" cy="900000"/>'
const SHAPE = `<a:xfrm><a:off x="0" y="0"/>${SIZE}</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>`
const OUTSIDE = {
  image: `<Relationship Id="out" Type="${OFFICE}/image" Target="http://example.invalid/a.png" TargetMode="External"/>`,
  object: `<Relationship Id="out" Type="${OFFICE}/oleObject" Target="file:///C:/a.xlsx" TargetMode="External"/>`,
}

/** A Word document with this run, which may show a picture as `in` and has something of elsewhere as `out`. */
async function wordShowing(run: string, outside: keyof typeof OUTSIDE = 'image'): Promise<Buffer> {
  const relations = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="in" Type="${OFFICE}/image" Target="media/a.png"/>${OUTSIDE[outside]}</Relationships>`
  const parts = wordParts(`<w:p><w:r>${run}</w:r></w:p>`, {
    'word/_rels/document.xml.rels': relations,
    'word/media/a.png': await picture(20, 20),
  })
  const names = `xmlns:r="${OFFICE}" xmlns:a="${DRAWING}/main" xmlns:pic="${DRAWING}/picture" xmlns:wp="${DRAWING}/wordprocessingDrawing" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"`
  const change = (name: string, old: string, by: string) => {
    parts[name] = String(parts[name]).replace(old, by)
  }
  change('word/document.xml', '<w:document ', `<w:document ${names} `)
  change('[Content_Types].xml', '<Override', '<Default Extension="png" ContentType="image/png"/><Override')
  return archive(parts)
}

const blip = (attributes: string) =>
  `<w:drawing><wp:inline><wp:extent cx="900000" cy="900000"/><wp:docPr id="1" name="p"/><a:graphic><a:graphicData uri="${DRAWING}/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="0" name="a"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip ${attributes}/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr>${SHAPE}</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>`
const vml = (attributes: string, more = '') =>
  `<v:shape id="s" style="width:80pt;height:80pt"><v:imagedata ${attributes}/></v:shape>${more}`
const object = `<w:object>${vml('r:id="in"', '<o:OLEObject Type="Link" ProgID="Excel.Sheet.12" ShapeID="s" DrawAspect="Content" r:id="out" UpdateMode="Always"/>')}</w:object>`

/** A deck with an object of another file and the picture that was kept of it. */
async function deckWithObject(): Promise<Buffer> {
  const parts = await partsOf(await deck({ slides: 1 }))
  const [slide, relations] = ['ppt/slides/slide1.xml', 'ppt/slides/_rels/slide1.xml.rels']
  const preview = `<p:pic><p:nvPicPr><p:cNvPr id="0" name=""/><p:cNvPicPr/><p:nvPr/></p:nvPicPr><p:blipFill><a:blip r:embed="in"/><a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr>${SHAPE}</p:spPr></p:pic>`
  const frame = `<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="93" name="o"/><p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr><p:xfrm><a:off x="0" y="0"/>${SIZE}</p:xfrm><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/presentationml/2006/ole"><p:oleObj name="o" progId="Excel.Sheet.12" r:id="out" imgW="900000" imgH="900000"><p:link/>${preview}</p:oleObj></a:graphicData></a:graphic></p:graphicFrame>`
  const change = (name: string, old: string, by: string) => {
    parts[name] = String(parts[name]).replace(old, by)
  }
  change(slide, '</p:spTree>', `${frame}</p:spTree>`)
  const inside = `<Relationship Id="in" Type="${OFFICE}/image" Target="../media/a.png"/>`
  change(relations, '</Relationships>', `${inside}${OUTSIDE.object}</Relationships>`)
  change('[Content_Types].xml', '<Override', '<Default Extension="png" ContentType="image/png"/><Override')
  return archive({ ...parts, 'ppt/media/a.png': await picture(20, 20) })
}

const SVG = 'urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0'
const frame = (inner: string, place = '') =>
  `<draw:frame xmlns:svg="${SVG}" ${place} svg:width="3cm" svg:height="3cm">${inner}</draw:frame>`
const toLoad = 'xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"'

const odf = (kind: string) => `application/vnd.oasis.opendocument.${kind}`
const OBJECT_PICTURE = 'ObjectReplacements/Object 1'

async function textWith(inner: string): Promise<Buffer> {
  const manifest = `<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="${odf('text')}"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/><manifest:file-entry manifest:full-path="${OBJECT_PICTURE}" manifest:media-type="image/png"/></manifest:manifest>`
  return openText(`<text:p>${frame(inner, 'text:anchor-type="as-char"')}</text:p>`, {
    'META-INF/manifest.xml': manifest,
    [OBJECT_PICTURE]: await picture(20, 20),
  })
}

/** The same frame on a slide. */
async function slideWith(inner: string): Promise<Buffer> {
  const parts = await partsOf(await textWith(inner))
  for (const [name, content] of Object.entries(parts))
    parts[name] =
      name === OBJECT_PICTURE
        ? content
        : String(content)
            .replaceAll(odf('text'), odf('presentation'))
            .replaceAll('office:text', 'office:presentation')
            .replace('<text:p>', '<draw:page draw:name="p">')
            .replace('</text:p>', '</draw:page>')
  return archive(parts)
}

const linkedObject = (address: string) => `<draw:object xlink:href="${address}" ${toLoad}/>`
const kept = `<draw:image xlink:href="./${OBJECT_PICTURE}" ${toLoad}/>`

describe('content that lies outside a document', () => {
  let testEngine: TestEngine
  before(async () => {
    testEngine = await openTestEngine('bwrap')
    await testEngine.engine.start()
  })
  after(() => testEngine.close())

  for (const [what, format, make, missing] of [
    ['a picture', 'docx', () => wordShowing(blip('r:link="out"')), 1],
    ['a picture of an old kind', 'docx', () => wordShowing(`<w:pict>${vml('r:id="out"')}</w:pict>`), 1],
    ['a picture', 'odt', () => textWith(`<draw:image xlink:href="http://a/b.png" ${toLoad}/>`), 1],
    ['an object', 'odt', () => textWith(linkedObject('../a.ods')), 1],
    ['an object whose picture is kept', 'odt', () => textWith(linkedObject('../a.ods') + kept), 1],
    ['an object', 'odp', () => slideWith(linkedObject('file:///C:/a.ods')), 1],
    ['an object whose picture is kept', 'odp', () => slideWith(linkedObject('file:///C:/a.ods') + kept), 0],
    ['a picture that is kept too', 'docx', () => wordShowing(blip('r:embed="in" r:link="out"')), 0],
    [
      'a picture of an old kind that is kept too',
      'docx',
      () => wordShowing(`<w:pict>${vml('r:id="in" r:href="out"')}</w:pict>`),
      0,
    ],
    ['an object whose picture is kept', 'docx', () => wordShowing(object, 'object'), 0],
    ['an object whose picture is kept', 'pptx', deckWithObject, 0],
  ] as const)
    it(`is told as missing exactly where it is not drawn: ${what} (${format})`, async () => {
      const bytes = await make()
      const { flags } = await scan(sourceOfBuffer(bytes), `a.${format}`)
      const { pdf } = await convert(testEngine, { bytes, format })
      const isDrawn = (await pdfPictures(pdf)).length > 0
      assert.deepEqual([isDrawn, flags.externalLinks.count], [missing === 0, missing])
    })
})
