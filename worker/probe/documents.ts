/** The documents of the probe: a picture with a secret, and a presentation that tries to show it. */

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

/** The text of the bait's own page, which distinguishes an empty result from a blocked access. */
export const BAIT_TEXT = 'Nothing comes through here'

/** A picture that shows `secret`, as SVG, whose text stays text in a PDF. */
export function secretPicture(secret: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="50"><text x="5" y="20">${secret}</text></svg>`
}

/**
 * A presentation that fills a shape with the picture at `fill` and shows the one at `picture`, both URLs, as flat
 * OpenDocument. Of all kinds of links, LibreOffice (7.4 and 25.2) follows such a fill even with the hardened profile.
 */
export function baitDocument({ fill, picture }: { fill: string; picture: string }): string {
  const frames = [
    frame(1, `<draw:text-box><text:p>${BAIT_TEXT}</text:p></draw:text-box>`),
    '<draw:rect draw:style-name="filled" svg:x="1cm" svg:y="6cm" svg:width="12cm" svg:height="5cm"/>',
    frame(12, `<draw:image xlink:href="${attribute(picture)}" ${LINK}/>`),
  ]
  const styles = `<draw:fill-image draw:name="fill" xlink:href="${attribute(fill)}" ${LINK}/><style:style style:name="filled" style:family="graphic"><style:graphic-properties draw:fill="bitmap" draw:fill-image-name="fill"/></style:style>`
  return presentation(styles, `<draw:page draw:name="trap">${frames.join('')}</draw:page>`)
}

function frame(y: number, content: string): string {
  return `<draw:frame svg:x="1cm" svg:y="${y}cm" svg:width="12cm" svg:height="5cm">${content}</draw:frame>`
}

function presentation(styles: string, body: string): string {
  const type = 'application/vnd.oasis.opendocument.presentation'
  return `<?xml version="1.0" encoding="UTF-8"?>
<office:document ${NAMESPACES} office:version="1.2" office:mimetype="${type}"><office:automatic-styles>${styles}</office:automatic-styles><office:body><office:presentation>${body}</office:presentation></office:body></office:document>
`
}

function attribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
}
