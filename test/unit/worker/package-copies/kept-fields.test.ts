import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { field, instruction, mark, paragraph, run, simpleField } from '#test/documents/sample-fields.ts'
import { FieldSurvey } from '#worker/package-copies/field-survey.ts'
import { rewriteFields } from '#worker/package-copies/kept-fields.ts'

async function* inPieces(text: string, length = text.length) {
  for (let at = 0; at < text.length; at += length) yield Buffer.from(text.slice(at, at + length), 'latin1')
}

/** A markup with what its fields become, read in pieces of this length; as it is where nothing is to be changed. */
async function rewritten(markup: string, length?: number): Promise<string> {
  const survey = new FieldSurvey<string>()
  await survey.read('part', inPieces(markup, length))
  const verdicts = survey.changes().get('part')
  if (!verdicts) return markup
  const chunks: Buffer[] = []
  for await (const chunk of rewriteFields(inPieces(markup, length), verdicts)) chunks.push(chunk)
  return Buffer.concat(chunks).toString('latin1')
}

const EMPTY = '<w:r></w:r>'
const condition = field(' IF 1 = 1 "a > b" ', 'kept')

describe('fields of Word', () => {
  it('leaves the result of a field, and all markup closed that was opened', async () => {
    assert.equal(await rewritten(paragraph(condition)), paragraph(EMPTY + EMPTY + run('kept') + EMPTY))
    assert.equal(await rewritten(paragraph(simpleField('IF 1 = 1', 'kept'))), paragraph(run('kept')))
  })

  it('keeps how a result looks that stands in the run of its instruction', async () => {
    const look = '<w:rPr><w:b/></w:rPr>'
    const [begin, words, separate, end] = [
      mark('begin'),
      instruction('IF 1'),
      mark('separate'),
      mark('end'),
    ].map(text => text.replace(/<\/?w:r>/g, ''))
    const runs = `<w:r>${begin}${words}</w:r><w:r>${look}${separate}<w:t>kept</w:t>${end}</w:r>`
    assert.equal(await rewritten(runs), `<w:r></w:r><w:r>${look}<w:t>kept</w:t></w:r>`)
  })

  it('closes elements around a part of an instruction', async () => {
    const markup = paragraph(
      `${mark('begin')}<w:ins>${instruction('IF 1')}${mark('separate')}${run('kept')}</w:ins>${mark('end')}`,
    )
    const text = await rewritten(markup)
    const names = [...text.matchAll(/<(\/?)w:(\w+)[^>]*?(\/?)>/g)].filter(([, , , whole]) => !whole)
    const open: string[] = []
    for (const [, slash, name = ''] of names)
      if (slash) assert.equal(open.pop(), name)
      else open.push(name)
    assert.deepEqual(open, [])
    assert.match(text, /<w:ins>.*kept.*<\/w:ins>/)
  })

  it('does not depend on where pieces meet', async () => {
    const markup = `<?xml version="1.0"?><!-- > -->${paragraph(condition, run('x'))}<![CDATA[ ]]>${paragraph(field(instruction('=') + condition, '2'))}`
    const whole = await rewritten(markup)
    assert.notEqual(whole, markup)
    for (const length of [1, 7, 64]) assert.equal(await rewritten(markup, length), whole)
  })

  it('leaves fields alone that LibreOffice prints well, and such as have no end', async () => {
    for (const markup of [
      field(' PAGE ', '1'),
      field(' MERGEFIELD a ', 'b'),
      mark('begin') + instruction(' IF 1 '),
      mark('end'),
    ])
      assert.equal(await rewritten(paragraph(markup)), paragraph(markup))
  })

  it('refuses a markup that ends within a tag', async () => {
    await assert.rejects(rewritten('<w:p><w:r'), /ends within a tag/)
  })
})
