import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sourceOfBuffer } from '#lib/scan/source.ts'
import { scan } from '#lib/scan.ts'
import { word } from '#test/documents/packages.ts'
import { field, instruction, mark, paragraph, run, simpleField } from '#test/documents/sample-fields.ts'
import { pageText } from '#test/pdf.ts'
import { make, openTestEngine, type TestEngine } from './test-engine.ts'

const SEX = field(' MERGEFIELD Sex ', 'M')
const MARKED = `<w:bookmarkStart w:id="1" w:name="Known"/>${run('known')}<w:bookmarkEnd w:id="1"/>`
const LONG = `<w:bookmarkStart w:id="2" w:name="Long"/>${run('one')}</w:p><w:p>${run('two')}<w:bookmarkEnd w:id="2"/>`
const TEXT_BOX = (inner: string) =>
  `<w:r><w:pict xmlns:v="urn:schemas-microsoft-com:vml"><v:shape style="width:200pt;height:30pt"><v:textbox><w:txbxContent>${paragraph(inner)}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>`

/** What a paragraph holds, and what it shows. */
const SHOWN: readonly (readonly [what: string, runs: string, shown: string])[] = [
  ['a condition', field(' IF 1 = 1 "a" "b" ', 'kept'), 'kept'],
  ['a condition as an element', simpleField('IF 1 = 1 "a" "b"', 'kept'), 'kept'],
  [
    'a condition in small letters, cut in two',
    field(instruction(' i') + instruction('f 1 = 1 "a" '), 'kept'),
    'kept',
  ],
  ['a condition on a field', field(instruction(' IF ') + SEX + instruction(' = "M" "Mr" '), 'kept'), 'kept'],
  ['a condition in a condition', field(' IF 1 = 1 ', field(' IF 2 = 2 ', 'in') + run(' out')), 'in out'],
  [
    'a condition without a result',
    mark('begin') + instruction(' IF 1 = 1 "a" ') + mark('end') + run('x'),
    'x',
  ],
  ['a condition in a text box', TEXT_BOX(field(' IF 1 = 1 "a" "b" ', 'kept')), 'kept'],
  [
    'a condition over paragraphs',
    `${mark('begin')}${instruction(' IF 1 = 1 "a')}</w:p><w:p>${instruction('b" ')}${mark('separate')}${run('one')}</w:p><w:p>${run('two')}${mark('end')}`,
    'one two',
  ],
  ['a sum of fields', field(instruction(' = ') + SEX + instruction(' * 2 '), '10'), '10'],
  [
    'a link with a field',
    field(instruction(' HYPERLINK "http://a.example/') + SEX + instruction('" '), 'link'),
    'link',
  ],
  ['a value that is set', field(instruction(' SET v ') + SEX, 'v') + field(' REF v ', 'kept'), 'kept'],
  ['a place', MARKED + field(' REF Known \\h ', 'old'), 'knownknown'],
  ['a place in other letters', MARKED + field(' REF KNOWN ', 'kept'), 'knownkept'],
  ['a place that is gone', field(' REF _Ref1 \\h ', 'kept') + field(' PAGEREF _Ref1 ', '7'), 'kept7'],
  ['a place of several paragraphs', LONG + field(' REF Long ', ' kept'), 'one two kept'],
  ['facts of the document', field(' TITLE ', 'title') + field(' NUMWORDS ', ' 12'), 'title 12'],
  ['a symbol', field(' SYMBOL 74 \\f Arial ', 'J'), 'J'],
  ['a locked date', field(' DATE \\@ "yyyy" ', '1999', ' w:fldLock="1"'), '1999'],
  [
    'numbers of a sequence',
    field(' SEQ Plain \\* ARABIC ', '9') + field(' SEQ Plain \\* roman ', '9'),
    '1ii',
  ],
  ['numbers by chapter', field(' SEQ Figure \\* ARABIC \\s 1 ', '5') + field(' SEQ Figure ', '6'), '56'],
  ['a number that is hidden', field(' SEQ Hidden \\h ', '') + field(' SEQ Hidden \\c ', '4'), '4'],
  [
    'the number of an equation',
    mark('begin') +
      instruction(' MACROBUTTON MTPlaceRef \\* MERGEFORMAT ') +
      mark('begin') +
      instruction(' SEQ MTEqn \\h ') +
      mark('end') +
      instruction('(') +
      field(' SEQ MTSec \\c ', instruction('2')) +
      instruction('.7)') +
      mark('end'),
    '(2.7)',
  ],
]

describe('a field of Word', () => {
  let testEngine: TestEngine
  before(async () => {
    testEngine = await openTestEngine('bwrap')
    await testEngine.engine.start()
  })
  after(() => testEngine.close())

  const shown = async (body: string, target: string) => {
    const bytes = await word(body)
    const { flags } = await scan(sourceOfBuffer(bytes), 'a.docx')
    const { keptFields = false } = flags
    const made = await make(testEngine, { bytes, format: 'docx' }, { target, keptFields })
    const text = target === 'pdf' ? await pageText(made.bytes) : made.bytes.toString().replace('\ufeff', '')
    return text.replace(/\s+/g, ' ').trim()
  }

  for (const [what, runs, text] of SHOWN)
    it(`shows what Word kept of it: ${what}`, async () => {
      assert.equal(await shown(paragraph(runs), 'pdf'), text)
    })

  it('does so in a plain text, and in a document to go on with', async () => {
    const body = paragraph(field(instruction(' QUOTE ') + SEX, 'kept'))
    assert.equal(await shown(body, 'txt'), 'kept')
    assert.match(await shown(body, 'rtf'), /\{\\rtf.*\bkept\b/)
  })

  it('does so in heads, feet and notes', async () => {
    const names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
    const body = `${paragraph(run('text'))}<w:sectPr><w:headerReference w:type="default" r:id="h" xmlns:r="${office}"/></w:sectPr>`
    const bytes = await word(body, {
      'word/header1.xml': `<w:hdr ${names}>${paragraph(field(' IF 1 = 1 ', 'kept'))}</w:hdr>`,
      'word/_rels/document.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="h" Type="${office}/header" Target="header1.xml"/></Relationships>`,
    })
    const { flags } = await scan(sourceOfBuffer(bytes), 'a.docx')
    const made = await make(
      testEngine,
      { bytes, format: 'docx' },
      { target: 'pdf', keptFields: flags.keptFields ?? false },
    )
    assert.match(await pageText(made.bytes), /kept\s+text/)
  })
})
