import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { flat } from '#test/documents/flat.ts'
import { word } from '#test/documents/packages.ts'
import { pageText } from '#test/pdf.ts'
import { make, openTestEngine, type TestEngine, type TestSource } from './test-engine.ts'

const OMML = 'http://schemas.openxmlformats.org/officeDocument/2006/math'
const run = (text: string) => `<m:r><m:t>${text}</m:t></m:r>`
const fraction = `<w:p><m:oMath xmlns:m="${OMML}">${run('qua')}<m:f><m:num>${run('nom')}</m:num><m:den>${run('den')}</m:den></m:f></m:oMath></w:p>`
const math =
  '<math xmlns="http://www.w3.org/1998/Math/MathML"><mrow><mi>qua</mi><mfrac><mi>nom</mi><mi>den</mi></mfrac></mrow></math>'
const object = `<text:p><draw:frame text:anchor-type="as-char" svg:width="3cm" svg:height="1cm"><draw:object>${math}</draw:object></draw:frame></text:p>`

describe('an equation', () => {
  let testEngine: TestEngine
  before(async () => {
    testEngine = await openTestEngine('bwrap')
    await testEngine.engine.start()
  })
  after(() => testEngine.close())

  const drawn = async (source: TestSource) =>
    (await pageText((await make(testEngine, source, { target: 'pdf' })).bytes))
      .split(/\s+/)
      .sort()
      .join(' ')
      .trim()

  it('is drawn, in a text of Word and of OpenDocument', async () => {
    const docx = await word(fraction)
    assert.equal(await drawn({ bytes: docx, format: 'docx' }), 'den nom qua')
    assert.equal(await drawn({ bytes: flat('text', object), format: 'fodt' }), 'den nom qua')
    const doc = await make(testEngine, { bytes: docx, format: 'docx' }, { target: 'odt' })
    assert.equal(await drawn({ bytes: doc.bytes, format: 'odt' }), 'den nom qua')
  })
})
