/** Office packages whose relationships lead out of them. */
import { archive, partsOf } from './archive.ts'
import { deck } from './deck.ts'
import type { Bait } from './hostile.ts'
import { sheet } from './sheet.ts'

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** A document that takes pictures, a text, an object and its template from elsewhere. */
export function linkingWord({ file, server }: Bait): Promise<Buffer> {
  const main = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'
  const w = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
  const relationship = (id: string, kind: string, target: string) =>
    `<Relationship Id="${id}" Type="${OFFICE}/${kind}" Target="${target}" ${target.includes(':') ? 'TargetMode="External"' : ''}/>`
  const picture = `<w:p><w:r><w:pict xmlns:v="urn:schemas-microsoft-com:vml"><v:shape style="width:100pt;height:100pt"><v:imagedata r:id="p" /></v:shape></w:pict></w:r></w:p>`
  const field = `<w:p><w:fldSimple w:instr=" INCLUDETEXT &quot;${new URL(file).pathname}&quot; "><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>`
  const object = `<w:p><w:r><w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" Type="Link" ProgID="Word.Document" ShapeID="s" DrawAspect="Content" ObjectID="1" r:id="o"/></w:object></w:r></w:p>`
  const relationships = (...all: string[]) =>
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${all.join('')}</Relationships>`
  return archive({
    '[Content_Types].xml': `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${main}"/></Types>`,
    '_rels/.rels': relationships(relationship('d', 'officeDocument', 'word/document.xml')),
    'word/document.xml': `<w:document xmlns:w="${w}" xmlns:r="${OFFICE}"><w:body>${picture}${field}${object}</w:body></w:document>`,
    'word/settings.xml': `<w:settings xmlns:w="${w}" xmlns:r="${OFFICE}"><w:attachedTemplate r:id="t"/></w:settings>`,
    'word/_rels/settings.xml.rels': relationships(
      relationship('t', 'attachedTemplate', `${server}/template.dotx`),
    ),
    'word/_rels/document.xml.rels': relationships(
      relationship('p', 'image', `${server}/picture.png`),
      relationship('o', 'oleObject', file),
      relationship('s', 'settings', 'settings.xml'),
    ),
  })
}

/** A presentation with a picture, an object and a film from elsewhere. */
export async function linkingDeck({ file, server }: Bait): Promise<Buffer> {
  const parts = await partsOf(await deck({ slides: 1 }))
  const [slide, relations] = ['ppt/slides/slide1.xml', 'ppt/slides/_rels/slide1.xml.rels']
  const frame = `<p:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="4000000" cy="3000000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>`
  const named = (id: number, inner = '') =>
    `<p:nvPicPr><p:cNvPr id="${id}" name="p"/><p:cNvPicPr/><p:nvPr>${inner}</p:nvPr></p:nvPicPr>`
  const linked = (id: number, link: string, inner?: string) =>
    `<p:pic>${named(id, inner)}<p:blipFill><a:blip r:link="${link}"/><a:stretch><a:fillRect/></a:stretch></p:blipFill>${frame}</p:pic>`
  const object = `<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="93" name="o"/><p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr><p:xfrm><a:off x="0" y="0"/><a:ext cx="4000000" cy="3000000"/></p:xfrm><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/presentationml/2006/ole"><p:oleObj name="o" progId="Word.Document" r:id="xo" imgW="1" imgH="1"><p:link updateAutomatic="1"/></p:oleObj></a:graphicData></a:graphic></p:graphicFrame>`
  const shapes = [linked(90, 'xp'), linked(91, 'xf'), linked(92, 'xp', '<a:videoFile r:link="xv"/>'), object]
  parts[slide] = String(parts[slide]).replace('</p:spTree>', `${shapes.join('')}</p:spTree>`)
  parts[relations] = String(parts[relations]).replace(
    '</Relationships>',
    `${outside('xp', 'image', `${server}/picture.png`)}${outside('xf', 'image', file)}${outside('xv', 'video', `${server}/film.mp4`)}${outside('xo', 'oleObject', file)}</Relationships>`,
  )
  return archive(parts)
}

/** A workbook whose cell is looked up in another one. */
export async function linkingSheet({ server }: Bait): Promise<Buffer> {
  const parts = await partsOf(await sheet())
  const [book, relations] = ['xl/workbook.xml', 'xl/_rels/workbook.xml.rels']
  parts[book] = String(parts[book]).replace(
    '</workbook>',
    '<externalReferences><externalReference r:id="xl"/></externalReferences></workbook>',
  )
  parts[relations] = String(parts[relations]).replace(
    '</Relationships>',
    `<Relationship Id="xl" Type="${OFFICE}/externalLink" Target="externalLinks/externalLink1.xml"/></Relationships>`,
  )
  parts['xl/externalLinks/externalLink1.xml'] =
    `<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><externalBook xmlns:r="${OFFICE}" r:id="x1"><sheetNames><sheetName val="S"/></sheetNames></externalBook></externalLink>`
  parts['xl/externalLinks/_rels/externalLink1.xml.rels'] =
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${outside('x1', 'externalLinkPath', `${server}/book.xlsx`)}</Relationships>`
  return archive(parts)
}

function outside(id: string, kind: string, target: string): string {
  return `<Relationship Id="${id}" Type="${OFFICE}/${kind}" Target="${target}" TargetMode="External"/>`
}
