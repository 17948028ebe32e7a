/** The documents of the probe: a picture with a secret, and a text document that tries to show it. */

const NAMESPACES = Object.entries({
  office: 'urn:oasis:names:tc:opendocument:xmlns:office:1.0',
  text: 'urn:oasis:names:tc:opendocument:xmlns:text:1.0',
  draw: 'urn:oasis:names:tc:opendocument:xmlns:drawing:1.0',
  style: 'urn:oasis:names:tc:opendocument:xmlns:style:1.0',
  svg: 'urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0',
  xlink: 'http://www.w3.org/1999/xlink',
})
  .map(([prefix, uri]) => `xmlns:${prefix}="${uri}"`)
  .join(' ')

const LINK = 'xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"'
const SIZE = 'svg:width="12cm" svg:height="5cm"'

/** The text of the bait's own page, which distinguishes an empty result from a blocked access. */
export const BAIT_TEXT = 'Nothing comes through here'

/** A picture that shows `secret`, as SVG, whose text stays text in a PDF. */
export function secretPicture(secret: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="50"><text x="5" y="20">${secret}</text></svg>`
}

/**
 * A text document that fills a shape with the picture at `fill` and shows the one at `picture`, both URLs, as flat
 * OpenDocument. Of all kinds of links, LibreOffice follows such a fill even with the hardened profile. Its module for
 * texts is loaded by then, which that for presentations would have to be.
 */
export function baitDocument({ fill, picture }: { fill: string; picture: string }): string {
  const shapes = [
    `<draw:rect text:anchor-type="page" text:anchor-page-number="1" draw:style-name="filled" svg:x="1cm" svg:y="6cm" ${SIZE}/>`,
    `<draw:frame text:anchor-type="paragraph" svg:x="1cm" svg:y="12cm" ${SIZE}><draw:image xlink:href="${attribute(picture)}" ${LINK}/></draw:frame>`,
  ]
  const styles = `<draw:fill-image draw:name="fill" xlink:href="${attribute(fill)}" ${LINK}/><style:style style:name="filled" style:family="graphic"><style:graphic-properties draw:fill="bitmap" draw:fill-image-name="fill"/></style:style>`
  return textDocument(styles, `<text:p>${BAIT_TEXT}</text:p><text:p>${shapes.join('')}</text:p>`)
}

function textDocument(styles: string, body: string): string {
  const type = 'application/vnd.oasis.opendocument.text'
  return `<?xml version="1.0" encoding="UTF-8"?>
<office:document ${NAMESPACES} office:version="1.2" office:mimetype="${type}"><office:automatic-styles>${styles}</office:automatic-styles><office:body><office:text>${body}</office:text></office:body></office:document>
`
}

function attribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
}
