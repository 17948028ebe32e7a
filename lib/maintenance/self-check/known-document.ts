/** A small presentation, and the text that a conversion of it must have. Its text is read from the pages of a PDF. */

/** Names are fixed: what is wrong then is not how somebody’s file is called. */
export const KNOWN_DOCUMENT = { fileName: 'self-check.fodp', format: 'fodp', target: 'txt' } as const

/** Each in a font of its own: three alphabets, accents, and what is escaped in XML. */
const LINES = [
  { font: 'Liberation Sans', text: 'Nightshift converts: Zwölf Boxkämpfer & 3 < 5' },
  { font: 'Liberation Serif', text: 'Съешь же ещё этих мягких булок' },
  { font: 'Liberation Mono', text: 'Ξεσκεπάζω την ψυχοφθόρα βδελυγμία' },
] as const

const NAMESPACES = Object.entries({
  office: 'office',
  style: 'style',
  text: 'text',
  draw: 'drawing',
  presentation: 'presentation',
  fo: 'xsl-fo-compatible',
  svg: 'svg-compatible',
})
  .map(([prefix, name]) => `xmlns:${prefix}="urn:oasis:names:tc:opendocument:xmlns:${name}:1.0"`)
  .join(' ')

/** The bytes of the document: the same in each process of one version. */
export function knownDocument(): Buffer {
  const styles = LINES.map(
    ({ font }, line) =>
      `<style:style style:name="T${line}" style:family="text"><style:text-properties fo:font-family="${font}" fo:font-size="20pt"/></style:style>`,
  )
  const frames = LINES.map(
    ({ text }, line) =>
      `<draw:frame svg:x="1cm" svg:y="${2 + line * 4}cm" svg:width="24cm" svg:height="2cm"><draw:text-box><text:p><text:span text:style-name="T${line}">${escaped(text)}</text:span></text:p></draw:text-box></draw:frame>`,
  )
  return Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?>\n<office:document ${NAMESPACES} office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.presentation">` +
      `<office:automatic-styles>${styles.join('')}</office:automatic-styles>` +
      `<office:body><office:presentation><draw:page draw:name="page">${frames.join('')}</draw:page></office:presentation></office:body></office:document>`,
  )
}

/** Whether a text, as a conversion made it, has all that the document says, in its order. */
export function hasKnownText(text: string): boolean {
  return withoutSpaces(text) === LINES.map(line => withoutSpaces(line.text)).join('')
}

// Where lines break is the page’s concern.
const withoutSpaces = (text: string) => text.normalize('NFC').replace(/[\s\p{Cf}]/gu, '')

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
