/** OpenDocument in one file of XML, the shortest way to say what a document should do. */
const NAMESPACES = Object.entries({
  office: 'urn:oasis:names:tc:opendocument:xmlns:office:1.0',
  text: 'urn:oasis:names:tc:opendocument:xmlns:text:1.0',
  presentation: 'urn:oasis:names:tc:opendocument:xmlns:presentation:1.0',
  of: 'urn:oasis:names:tc:opendocument:xmlns:of:1.2',
  table: 'urn:oasis:names:tc:opendocument:xmlns:table:1.0',
  draw: 'urn:oasis:names:tc:opendocument:xmlns:drawing:1.0',
  style: 'urn:oasis:names:tc:opendocument:xmlns:style:1.0',
  script: 'urn:oasis:names:tc:opendocument:xmlns:script:1.0',
  fo: 'urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0',
  number: 'urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0',
  form: 'urn:oasis:names:tc:opendocument:xmlns:form:1.0',
  svg: 'urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0',
  xlink: 'http://www.w3.org/1999/xlink',
  dc: 'http://purl.org/dc/elements/1.1/',
  ooo: 'http://openoffice.org/2004/office',
  ooow: 'http://openoffice.org/2004/writer',
})
  .map(([prefix, uri]) => `xmlns:${prefix}="${uri}"`)
  .join(' ')

/** A flat OpenDocument file of this kind with this body. */
export function flat(
  kind: 'text' | 'presentation' | 'spreadsheet' | 'drawing',
  body: string,
  { scripts = '', styles = '', masters = '' } = {},
): string {
  const type = `application/vnd.oasis.opendocument.${kind === 'drawing' ? 'graphics' : kind}`
  return `<?xml version="1.0" encoding="UTF-8"?>
<office:document ${NAMESPACES} office:version="1.2" office:mimetype="${type}">${scripts}<office:automatic-styles>${styles}</office:automatic-styles><office:master-styles>${masters}</office:master-styles><office:body><office:${kind}>${body}</office:${kind}></office:body></office:document>
`
}
