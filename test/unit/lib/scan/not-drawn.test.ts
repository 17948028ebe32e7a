import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { sourceOfBuffer } from '#lib/scan/source.ts'
import { scan } from '#lib/scan.ts'
import { notDrawnNotes } from '#lib/vocabulary/notes/not-drawn-notes.ts'
import { noteSentence } from '#lib/vocabulary/notes.ts'
import { archive, partsOf } from '#test/documents/archive.ts'
import { word } from '#test/documents/packages.ts'
import { instruction, mark, paragraph } from '#test/documents/sample-fields.ts'
import { sheet } from '#test/documents/sheet.ts'

const SPARKLINES = '<x14:sparkline><xm:f>S!A1</xm:f></x14:sparkline>'.repeat(3)
const frame = (kind: string) =>
  `<a:graphicData uri="http://schemas.microsoft.com/office/drawing/2014/${kind}"/>`
const control = (type: string, more: string) => `<formControlPr objectType="${type}" ${more} val="0"/>`
const PICTURE = '<Relationship Id="a" Type="http://schemas.microsoft.com/x/image" Target="../media/a.png"/>'

describe('what is not drawn', () => {
  const found = async (bytes: Buffer, name: string) =>
    (await scan(sourceOfBuffer(bytes), name)).flags.notDrawn

  it('is counted in a workbook', async () => {
    const parts = await partsOf(await sheet())
    const part = 'xl/worksheets/sheet1.xml'
    assert.equal(await found(await archive(parts), 'a.xlsx'), undefined)
    const bytes = await archive({
      ...parts,
      [part]: String(parts[part]).replace('</worksheet>', `${SPARKLINES}</worksheet>`),
      'xl/drawings/drawing1.xml': `<a>${frame('chartex')}${frame('chart')}${frame('slicer')}${frame('timeslicer')}</a>`,
      'xl/ctrlProps/ctrlProp1.xml': control('Drop', 'fmlaRange="$A$1:$A$3" sel="2"'),
      'xl/ctrlProps/ctrlProp2.xml': control('List', 'sel="0"'),
      'xl/ctrlProps/ctrlProp3.xml': control('Spin', 'sel="2"'),
      'xl/richData/_rels/richValueRel.xml.rels': `<Relationships>${PICTURE}${PICTURE}</Relationships>`,
    })
    assert.deepEqual(await found(bytes, 'a.xlsx'), {
      ...{ sparklines: 3, charts: 1, slicers: 2, cellPictures: 2 },
      choices: 1,
    })
  })

  it('is counted in a text', async () => {
    const bytes = await word(paragraph(mark('begin'), instruction(' EQ \\f(1;2) '), mark('end')))
    assert.deepEqual(await found(bytes, 'a.docx'), { equationFields: 1 })
  })

  it('is counted in a text: arcs and curves of VML, equations of RTF', async () => {
    const shapes = '<w:r><w:pict><v:arc id="a"/><v:curve id="b"/><v:rect/></w:pict></w:r>'
    assert.deepEqual(await found(await word(paragraph(shapes)), 'a.docx'), { arcs: 2 })
    const field = '{\\rtf1 {\\field{\\*\\fldinst { EQ \\\\f(1;2) }}{\\fldrslt }}}'
    assert.deepEqual(await found(Buffer.from(field), 'a.rtf'), { equationFields: 1 })
  })

  it('is not a diagram without a drawing of itself, which is laid out', async () => {
    const [data, drawing] = ['word/diagrams/data1.xml', 'word/diagrams/drawing1.xml']
    const notesOf = async (more: Record<string, string>) =>
      (await scan(sourceOfBuffer(await word(undefined, more)), 'a.docx')).flags.notes?.map(({ code }) => code)
    assert.deepEqual(await notesOf({ [data]: '<a/>' }), ['diagrams_laid_out'])
    assert.equal(await notesOf({ [data]: '<a/>', [drawing]: '<a/>' }), undefined)
  })

  it('is told as far as this LibreOffice does not draw it, and the target shows it', () => {
    const said = (engine: string, isDrawn = true) =>
      notDrawnNotes({ sparklines: 3, slicers: 1 }, { engine, isDrawn }).map(note => [
        note.count,
        noteSentence(note).message,
      ])
    const all = 'The result lacks 3 sparklines and 1 slicer, which LibreOffice does not draw.'
    const less = 'The result lacks 1 slicer, which LibreOffice does not draw.'
    assert.deepEqual(said('LibreOffice 7.4.7.2'), [[4, all]])
    assert.deepEqual(said('LibreOffice 25.2.3.2'), [[1, less]])
    assert.deepEqual(said('LibreOffice 7.4.7.2', false), [[1, less]])
  })
})
