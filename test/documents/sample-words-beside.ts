/** Texts with words beside their running text: in boxes, shapes, notes, equations and form fields. */

import { flat } from './flat.ts'
import { wordWith } from './reviewed.ts'
import { paragraph, run } from './sample-fields.ts'

const size = 'svg:width="3cm" svg:height="1cm"'
const box = (anchor: string, words: string) =>
  `<draw:frame text:anchor-type="${anchor}" ${size}><draw:text-box><text:p>${words}</text:p></draw:text-box></draw:frame>`
const shape = (kind: string, words: string, anchor = '') =>
  `<draw:${kind} ${anchor} ${size} svg:x="0cm" svg:y="0cm"><text:p>${words}</text:p></draw:${kind}>`
const note = (kind: string, citation: string, words: string) =>
  `<text:note text:note-class="${kind}"><text:note-citation>${citation}</text:note-citation><text:note-body><text:p>${words}</text:p></text:note-body></text:note>`
const math =
  '<math xmlns="http://www.w3.org/1998/Math/MathML"><mrow><mi>E</mi><mo>=</mo><msup><mi>c</mi><mn>2</mn></msup></mrow></math>'
const equation = `<draw:frame text:anchor-type="as-char" ${size}><draw:object>${math}</draw:object></draw:frame>`

const BODY = [
  `<text:p>First${box('paragraph', 'Boxed')}</text:p>`,
  `<text:p>Second${shape('ellipse', 'Round', 'text:anchor-type="paragraph"')}</text:p>`,
  `<text:p><draw:g text:anchor-type="paragraph">${shape('rect', 'Grouped')}${shape('ellipse', 'Too')}</draw:g>Third</text:p>`,
  `<text:p>Noted${note('footnote', '1', 'Footnote')} and ${note('endnote', 'i', 'Endnote')} on</text:p>`,
  `<text:p>As ${equation} says</text:p>`,
  `<table:table><table:table-column/><table:table-row><table:table-cell><text:p>Cell${box('paragraph', 'In a cell')}</text:p></table:table-cell></table:table-row></table:table>`,
  '<text:p>Last</text:p>',
]

/** As flat OpenDocument. */
export function openTextWithWordsBeside(): string {
  return flat('text', BODY.join(''))
}

export const WORDS_BESIDE = [
  ...['First', 'Boxed', 'Second', 'Round', 'Third', 'Grouped', 'Too', 'Noted[1] and [i] on', 'As E=c^2 says'],
  ...['Cell', 'In a cell', 'Last', '[1] Footnote', '[i] Endnote'],
]

const formField = (kind: string, more: string) =>
  `<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="N"/>${more}</w:ffData></w:fldChar></w:r><w:r><w:instrText> ${kind} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`
const checkBox = formField('FORMCHECKBOX', '<w:checkBox><w:default w:val="1"/></w:checkBox>')
const list = formField(
  'FORMDROPDOWN',
  '<w:ddList><w:result w:val="1"/><w:listEntry w:val="One"/><w:listEntry w:val="Two"/></w:ddList>',
)
const framed = `<w:p><w:pPr><w:framePr w:w="2000" w:wrap="around" w:vAnchor="text" w:hAnchor="margin" w:y="1"/></w:pPr>${run('Framed')}</w:p>`
const picture = (inner: string) =>
  `<w:r><w:pict xmlns:v="urn:schemas-microsoft-com:vml"><v:shape style="width:200pt;height:30pt">${inner}</v:shape></w:pict></w:r>`

/** As Word has them. */
export function wordWithWordsBeside(): Promise<Buffer> {
  const body = [
    paragraph(
      run('First'),
      picture(`<v:textbox><w:txbxContent>${paragraph(run('Boxed'))}</w:txbxContent></v:textbox>`),
    ),
    paragraph(run('Noted'), '<w:r><w:footnoteReference w:id="2"/></w:r>', run(' on')),
    framed,
    paragraph(checkBox, run(' ticked, '), list, run(' chosen')),
  ]
  const notes = `<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote><w:footnote w:id="2">${paragraph('<w:r><w:footnoteRef/></w:r>', run(' Footnote'))}</w:footnote>`
  return wordWith(body.join(''), { footnotes: notes })
}

export const WORDS_BESIDE_IN_WORD = [
  'First',
  'Boxed',
  'Noted[1] on',
  '☒ ticked, Two chosen',
  'Framed',
  '[1] Footnote',
]

/** As Word writes rich text. */
export const RICH_TEXT_WITH_WORDS_BESIDE = String.raw`{\rtf1\ansi
First{\shp{\*\shpinst\shpleft0\shptop0\shpright3000\shpbottom1000\shpbxcolumn\shpbypara\shpwr3{\sp{\sn shapeType}{\sv 202}}{\shptxt \pard Boxed\par}}}\par
Noted{\super\chftn}{\footnote\pard {\super\chftn} Footnote} on\par
{\field{\*\fldinst FORMCHECKBOX {\*\formfield{\fftype1\ffres1\ffdefres0{\*\ffname C}}}}{\fldrslt}} ticked, {\field{\*\fldinst FORMDROPDOWN {\*\formfield{\fftype2\ffres1\ffhaslistbox{\*\ffname D}{\*\ffl One}{\*\ffl Two}}}}{\fldrslt}} chosen\par
\pard\absw2000\absh500\phpg\pvpg\posx500\posy500 Framed\par
}`

/** A page with what HTML sets beside or above its text, and with a form. */
export const PAGE_WITH_WORDS_BESIDE =
  '<html><body><p>First</p><div style="float:left;width:50px">Boxed</div><form><select><option>One<option selected>Two</select><input type="checkbox" checked> ticked</form><p>Last</p></body></html>'
