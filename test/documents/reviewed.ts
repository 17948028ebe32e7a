/** Texts that hold more than they show: changes that wait, hidden text, comments. */
import { archive, type Parts } from './archive.ts'
import { flat } from './flat.ts'
import { wordParts } from './packages.ts'

const WORD = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const TYPES = 'application/vnd.openxmlformats-officedocument.wordprocessingml'

/** A Word document with this body and these further parts of the folder `word`, by their kind. */
export function wordWith(body: string, kinds: Readonly<Record<string, string>> = {}): Promise<Buffer> {
  const names = Object.keys(kinds)
  const relations = names.map(
    kind => `<Relationship Id="${kind}" Type="${OFFICE}/${kind}" Target="${kind}.xml"/>`,
  )
  const more: Parts = {
    'word/_rels/document.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${relations.join('')}</Relationships>`,
  }
  for (const kind of names)
    more[`word/${kind}.xml`] = `<w:${kind} xmlns:w="${WORD}">${kinds[kind]}</w:${kind}>`
  const parts = wordParts(body, more)
  const overrides = names.map(
    kind => `<Override PartName="/word/${kind}.xml" ContentType="${TYPES}.${kind}+xml"/>`,
  )
  parts['[Content_Types].xml'] = String(parts['[Content_Types].xml']).replace(
    '</Types>',
    `${overrides.join('')}</Types>`,
  )
  return archive(parts)
}

const BY = 'w:author="Pat" w:date="2026-01-01T00:00:00Z"'
const run = (text: string, kind = 't') => `<w:r><w:${kind} xml:space="preserve">${text}</w:${kind}></w:r>`
const paragraph = (content: string, mark = '') => `<w:p><w:pPr><w:rPr>${mark}</w:rPr></w:pPr>${content}</w:p>`
const cell = (content: string) => `<w:tc>${paragraph(content)}</w:tc>`

/** Words, paragraphs and rows of a table that were deleted, inserted and moved, and one that was made bold. */
export function trackedBody(): string {
  let last = 0
  const mark = (kind: string) => `<w:${kind} w:id="${++last}" ${BY}/>`
  const marked = (kind: string, content: string) => `<w:${kind} w:id="${++last}" ${BY}>${content}</w:${kind}>`
  const moved = (kind: string) =>
    `${mark(`${kind}RangeStart`).replace('/>', ' w:name="m"/>')}${marked(kind, run('Moved'))}<w:${kind}RangeEnd w:id="${last - 1}"/>`
  const deleted = (text: string) => marked('del', run(text, 'delText'))
  const inserted = (text: string) => marked('ins', run(text))
  const row = (content: string, kind = '') => `<w:tr><w:trPr>${kind}</w:trPr>${cell(content)}</w:tr>`
  return [
    paragraph(`${run('Price: ')}${deleted('Old')}${inserted('New')}${run('.')}`),
    paragraph(deleted('Gone'), mark('del')),
    paragraph(inserted('Added'), mark('ins')),
    paragraph(`${moved('moveFrom')}${run('Stays')}`),
    paragraph(`${run('Here: ')}${moved('moveTo')}`),
    `<w:p><w:r><w:rPr><w:b/><w:rPrChange w:id="${++last}" ${BY}><w:rPr/></w:rPrChange></w:rPr><w:t>Bold</w:t></w:r></w:p>`,
    `<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="2500"/></w:tblGrid>${row(run('Row'))}${row(inserted('RowIn'), mark('ins'))}${row(deleted('RowOut'), mark('del'))}</w:tbl>`,
    paragraph(run('End')),
  ].join('')
}

export const ACCEPTED = ['Price: New.', 'Added', 'Stays', 'Here: Moved', 'Bold', 'Row', 'RowIn', 'End']
export const REJECTED = ['Price: Old.', 'Gone', 'MovedStays', 'Here:', 'Bold', 'Row', 'RowOut', 'End']
export const MARKED = [
  ...[
    'Price: OldNew.',
    'Gone',
    'Added',
    'MovedStays',
    'Here: Moved',
    'Bold',
    'Row',
    'RowIn',
    'RowOut',
    'End',
  ],
]

const hidden = (text: string) => `<w:r><w:rPr><w:vanish/></w:rPr><w:t>${text}</w:t></w:r>`

/** Hidden by itself, by styles, as a whole paragraph and in a table; and what looks hidden and is not. */
export function wordWithHiddenText(): Promise<Buffer> {
  const styled = (style: string, content: string) =>
    `<w:p><w:pPr><w:pStyle w:val="${style}"/></w:pPr>${content}</w:p>`
  const style = (type: string, id: string) =>
    `<w:style w:type="${type}" w:styleId="${id}"><w:name w:val="${id}"/><w:rPr><w:vanish/></w:rPr></w:style>`
  const body = [
    paragraph(`${run('Plain')}${hidden('HIDDEN')}${run(' text')}`),
    paragraph(
      `${run('Styled')}<w:r><w:rPr><w:rStyle w:val="Away"/></w:rPr><w:t>HIDDEN</w:t></w:r>${run(' text')}`,
    ),
    styled('Gone', run('HIDDEN')),
    styled('Gone', `${run('HIDDEN')}<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>Back</w:t></w:r>`),
    paragraph(hidden('HIDDEN'), '<w:vanish/>'),
    `<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="2500"/></w:tblGrid><w:tr>${cell(`${run('Cell')}${hidden('HIDDEN')}`)}</w:tr></w:tbl>`,
    paragraph(run('End')),
  ]
  return wordWith(body.join(''), { styles: style('character', 'Away') + style('paragraph', 'Gone') })
}
export const HIDDEN_IN_WORD = 6
export const SHOWN_IN_WORD = ['Plain text', 'Styled text', 'Back', 'Cell', 'End']

/** What OpenDocument can hide besides: sections, paragraphs and texts by conditions. */
export function openTextWithHiddenText(): string {
  const section = (attributes: string, text: string) =>
    `<text:section text:name="s${attributes.length}" ${attributes}><text:p>${text}</text:p></text:section>`
  const table = (text: string) =>
    `<table:table table:name="t"><table:table-column/><table:table-row><table:table-cell><text:p>${text}</text:p></table:table-cell></table:table-row></table:table>`
  const never = 'text:condition="ooow:1==2"'
  const always = 'text:condition="ooow:1==1"'
  const styles =
    '<style:style style:name="T1" style:family="text"><style:text-properties text:display="none"/></style:style>'
  const body = [
    '<text:p>Plain<text:span text:style-name="T1">HIDDEN</text:span> text</text:p>',
    `<text:section text:name="s1" text:display="none"><text:p>HIDDEN</text:p>${table('HIDDEN')}<text:p>HIDDEN</text:p></text:section>`,
    `<text:section text:name="s2"><text:p>Section</text:p>${section('text:display="none"', 'HIDDEN')}<text:p>goes on</text:p></text:section>`,
    section(`text:display="condition" ${always} text:is-hidden="true"`, 'HIDDEN'),
    section(`text:display="condition" ${never}`, 'Shown'),
    `<text:p><text:hidden-paragraph ${always} text:is-hidden="true"/>HIDDEN</text:p>`,
    `<text:p><text:hidden-paragraph ${never}/>Paragraph</text:p>`,
    `<text:p>If<text:hidden-text ${always} text:string-value="HIDDEN" text:is-hidden="true"/><text:hidden-text ${never} text:string-value=" not">x</text:hidden-text></text:p>`,
    '<text:p>End</text:p>',
  ]
  return flat('text', body.join(''), { styles })
}
export const HIDDEN_IN_OPEN_TEXT = 6
export const SHOWN_IN_OPEN_TEXT = ['Plain text', 'Section', 'goes on', 'Shown', 'Paragraph', 'If not', 'End']
