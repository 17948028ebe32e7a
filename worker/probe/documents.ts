/** Two small documents as flat OpenDocument: plain XML, no zip. */

const NAMESPACES = Object.entries({
  office: 'urn:oasis:names:tc:opendocument:xmlns:office:1.0',
  text: 'urn:oasis:names:tc:opendocument:xmlns:text:1.0',
  draw: 'urn:oasis:names:tc:opendocument:xmlns:drawing:1.0',
  svg: 'urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0',
  xlink: 'http://www.w3.org/1999/xlink',
})
  .map(([prefix, uri]) => `xmlns:${prefix}="${uri}"`)
  .join(' ')

const LINK = 'xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"'

/** What the trap's own page says, to tell an empty result from a closed door. */
export const TRAP_TEXT = 'Nothing comes through here'

/** A text that shows `secret`. */
export function secretDocument(secret: string): string {
  return flat('text', `<text:p>${secret}</text:p>`)
}

/**
 * A presentation that shows the document at `file` as a linked object and the picture at `picture`, both URLs. Of all
 * kinds of link this object is one that LibreOffice follows even with the hardened profile.
 */
export function trapDocument({ file, picture }: { file: string; picture: string }): string {
  const frames = [
    frame(1, `<draw:text-box><text:p>${TRAP_TEXT}</text:p></draw:text-box>`),
    frame(6, `<draw:object xlink:href="${attribute(file)}" ${LINK}/>`),
    frame(12, `<draw:image xlink:href="${attribute(picture)}" ${LINK}/>`),
  ]
  return flat('presentation', `<draw:page draw:name="trap">${frames.join('')}</draw:page>`)
}

function frame(y: number, content: string): string {
  return `<draw:frame svg:x="1cm" svg:y="${y}cm" svg:width="12cm" svg:height="5cm">${content}</draw:frame>`
}

function flat(kind: 'text' | 'presentation', body: string): string {
  const type = `application/vnd.oasis.opendocument.${kind}`
  return `<?xml version="1.0" encoding="UTF-8"?>
<office:document ${NAMESPACES} office:version="1.2" office:mimetype="${type}"><office:body><office:${kind}>${body}</office:${kind}></office:body></office:document>
`
}

function attribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
}
