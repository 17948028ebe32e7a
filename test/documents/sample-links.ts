/** Texts whose clickable links have no character style, as many programs write them, in every place that a text has. */
import { archive, type Parts } from './archive.ts'
import { wordParts } from './packages.ts'
import { field, simpleField } from './sample-fields.ts'

const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const TYPES = 'vnd.openxmlformats-officedocument.wordprocessingml'
const SPACES = [
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"',
  `xmlns:r="${OFFICE}"`,
  'xmlns:v="urn:schemas-microsoft-com:vml"',
  'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"',
  'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"',
  'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"',
].join(' ')
/** Parts beside the body, with the elements that they consist of. */
const PARTS = { header: 'hdr', footer: 'ftr', footnotes: 'footnotes', endnotes: 'endnotes' }
const PLACES = ['body', 'indented', 'cell', 'box', 'shape', ...Object.keys(PARTS)]
/** Words without formatting, and as Word writes it without a style. */
const LOOKS = ['', '<w:rPr><w:color w:val="CC0000"/><w:u w:val="single"/></w:rPr>']

const addressOf = (place: string, way: string) => `https://example.org/${place}/${way}`
/** The addresses of all links that leave the document. */
export const LINK_ADDRESSES = PLACES.flatMap(place =>
  ['element', 'element#part', 'simple', 'field'].map(way => addressOf(place, way)),
)
/** How many lead to a place in the document. */
export const INNER_LINKS = 3

const run = (text: string, look = '') => `<w:r>${look}<w:t xml:space="preserve">${text}</w:t></w:r>`
const paragraph = (content: string, properties = '') => `<w:p>${properties}${content}</w:p>`

/** The four ways to write a link, each with both looks in its words. */
function outerLinks(place: string): string[] {
  const words = LOOKS.map((look, index) => run(`${place}${index} `, look)).join('')
  const fieldTo = (way: string) => ` HYPERLINK "${addressOf(place, way)}" `
  return [
    `<w:hyperlink r:id="to-${place}">${words}</w:hyperlink>`,
    `<w:hyperlink r:id="to-${place}" w:anchor="part">${words}</w:hyperlink>`,
    simpleField(fieldTo('simple'), words),
    field(fieldTo('field'), words),
  ]
}

function innerLinks(): string {
  const words = LOOKS.map(look => run('Inner ', look)).join('')
  const toMark = ' HYPERLINK \\l "mark" '
  const links = [simpleField(toMark, words), field(toMark, words)]
  return [`<w:hyperlink w:anchor="mark">${words}</w:hyperlink>`, ...links].join(run('or '))
}

const bodyOf = (links: (place: string) => string, inner: string) =>
  [
    links('body'),
    paragraph(`<w:bookmarkStart w:id="1" w:name="mark"/>${run('Marked')}<w:bookmarkEnd w:id="1"/>`),
    paragraph(inner),
    links('indented').replaceAll('<w:p>', '<w:p><w:pPr><w:ind w:left="720"/></w:pPr>'),
    `<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="6000"/></w:tblGrid><w:tr><w:tc>${links('cell')}</w:tc></w:tr></w:tbl>`,
    paragraph(
      `${run('Noted')}<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:endnoteReference w:id="2"/></w:r>`,
    ),
    paragraph(
      `<w:r><w:pict><v:shape type="#_x0000_t202" style="width:300pt;height:120pt"><v:textbox><w:txbxContent>${links('box')}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>`,
    ),
    paragraph(
      `<w:r><w:drawing><wp:inline><wp:extent cx="4000000" cy="1500000"/><wp:docPr id="1" name="s"/><a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="4000000" cy="1500000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr><wps:txbx><w:txbxContent>${links('shape')}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`,
    ),
    '<w:sectPr><w:headerReference w:type="default" r:id="header"/><w:footerReference w:type="default" r:id="footer"/></w:sectPr>',
  ].join('')

const inner = (kind: string) => `<Relationship Id="${kind}" Type="${OFFICE}/${kind}" Target="${kind}.xml"/>`
const outer = (place: string) =>
  `<Relationship Id="to-${place}" Type="${OFFICE}/hyperlink" Target="${addressOf(place, 'element')}" TargetMode="External"/>`
const relations = (...all: string[]) => `<Relationships xmlns="${PACKAGE}">${all.join('')}</Relationships>`

/** A Word document with all of these links. `type` is its content type, without the general parts. */
export function wordWithLinks(type = `${TYPES}.document`): Promise<Buffer> {
  const links = (place: string) =>
    outerLinks(place)
      .map(link => paragraph(link))
      .join('')
  const parts: Parts = {
    'word/document.xml': `<w:document ${SPACES}><w:body>${bodyOf(links, innerLinks())}</w:body></w:document>`,
    'word/_rels/document.xml.rels': relations(...Object.keys(PARTS).map(inner), ...PLACES.map(outer)),
  }
  for (const [name, element] of Object.entries(PARTS)) {
    const content = name.endsWith('s')
      ? `<w:${name.slice(0, -1)} w:id="2">${links(name)}</w:${name.slice(0, -1)}>`
      : links(name)
    parts[`word/${name}.xml`] = `<w:${element} ${SPACES}>${content}</w:${element}>`
    parts[`word/_rels/${name}.xml.rels`] = relations(outer(name))
  }
  return archive({ ...wordParts('', parts), ...typesOf(type) })
}

function typesOf(type: string): Parts {
  const name = '[Content_Types].xml'
  const overrides = Object.keys(PARTS).map(
    part => `<Override PartName="/word/${part}.xml" ContentType="application/${TYPES}.${part}+xml"/>`,
  )
  const types = String(wordParts()[name]).replace(`${TYPES}.document.main+xml`, `${type}.main+xml`)
  return { [name]: types.replace('</Types>', `${overrides.join('')}</Types>`) }
}

const richField = (instruction: string, words: string) =>
  `{\\field{\\*\\fldinst{HYPERLINK ${instruction}}}{\\fldrslt {${words} }{\\cf1\\ul ${words} }}}`
const richLink = (place: string) => richField(`"${addressOf(place, 'field')}"`, place)
const RICH_PLACES = ['body', 'cell', 'header', 'footer', 'footnote', 'box']
export const RICH_LINK_ADDRESSES = RICH_PLACES.map(place => addressOf(place, 'field'))

/** The same as a rich text. */
export const RICH_TEXT_WITH_LINKS = [
  '{\\rtf1\\ansi{\\colortbl;\\red204\\green0\\blue0;}',
  `{\\header\\pard ${richLink('header')}\\par}{\\footer\\pard ${richLink('footer')}\\par}`,
  `{\\*\\bkmkstart mark}Marked{\\*\\bkmkend mark}\\par ${richLink('body')}\\par ${Array(INNER_LINKS).fill(richField('\\\\l "mark"', 'Inner')).join('or ')}\\par`,
  `Noted{\\super\\chftn}{\\footnote\\pard {\\super\\chftn} ${richLink('footnote')}}\\par`,
  `{\\shp{\\*\\shpinst\\shpleft0\\shptop3000\\shpright6000\\shpbottom4000\\shpbxcolumn\\shpbypara\\shpwr3{\\sp{\\sn shapeType}{\\sv 202}}{\\shptxt \\pard ${richLink('box')}\\par}}}\\par`,
  `\\trowd\\cellx6000\\pard\\intbl ${richLink('cell')}\\cell\\row\\pard\\par}`,
].join('\n')
