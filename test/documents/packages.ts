/** The smallest documents that are opened as what they are, for traps to be put into. */
import { archive, type Parts } from './archive.ts'

const TYPES = 'http://schemas.openxmlformats.org/package/2006/content-types'
const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const WORD = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
const MAIN = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'

/** The parts of a Word document with this body; more parts are added behind them, or take their place. */
export function wordParts(body = '<w:p><w:r><w:t>x</w:t></w:r></w:p>', more: Parts = {}): Parts {
  return {
    '[Content_Types].xml': `<Types xmlns="${TYPES}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${MAIN}"/></Types>`,
    '_rels/.rels': `<Relationships xmlns="${RELATIONS}"><Relationship Id="d" Type="${OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>`,
    'word/document.xml': `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="${WORD}"><w:body>${body}</w:body></w:document>`,
    ...more,
  }
}

export function word(body?: string, more?: Parts): Promise<Buffer> {
  return archive(wordParts(body, more))
}

/**
 * A Word document whose relationships are these: each a kind, a target, and whether it lies outside. It shows those that
 * are pictures, unless told otherwise.
 */
export function wordLinking(
  relations: { kind: string; target: string; external?: boolean }[],
  { isShown = true } = {},
): Promise<Buffer> {
  const tags = relations.map(
    ({ kind, target, external = true }, index) =>
      `<Relationship Id="r${index}" Type="${OFFICE}/${kind}" Target="${target}"${external ? ' TargetMode="External"' : ''}/>`,
  )
  const xml = `<Relationships xmlns="${RELATIONS}">${tags.join('')}</Relationships>`
  const shown = relations.map(({ kind }, index) =>
    isShown && kind === 'image' ? `<w:r><w:pict><v:imagedata r:id="r${index}"/></w:pict></w:r>` : '',
  )
  return word(`<w:p>${shown.join('')}</w:p>`, { 'word/_rels/document.xml.rels': xml })
}

/** An OpenDocument text with this content and these parts besides. */
export function openText(content = '<text:p>x</text:p>', more: Parts = {}): Promise<Buffer> {
  const type = 'application/vnd.oasis.opendocument.text'
  const office = 'urn:oasis:names:tc:opendocument:xmlns'
  return archive({
    mimetype: type,
    'content.xml': `<office:document-content xmlns:office="${office}:office:1.0" xmlns:text="${office}:text:1.0" xmlns:draw="${office}:drawing:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2"><office:body><office:text>${content}</office:text></office:body></office:document-content>`,
    'META-INF/manifest.xml': `<!DOCTYPE manifest:manifest PUBLIC "-//OpenOffice.org//DTD Manifest 1.0//EN" "Manifest.dtd"><manifest:manifest xmlns:manifest="${office}:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="${type}"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>`,
    ...more,
  })
}
