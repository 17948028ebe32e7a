import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { illustrated } from '#test/documents/illustrated.ts'
import { pdfPictures } from '#test/pdf.ts'
import { make, openTestEngine, type TestEngine } from './test-engine.ts'

describe('a picture in a rich text', () => {
  let testEngine: TestEngine
  before(async () => {
    testEngine = await openTestEngine('bwrap')
    await testEngine.engine.start()
  })
  after(() => testEngine.close())

  it('is there once, with all its pixels', async () => {
    const text = (await illustrated()).find(({ family }) => family === 'document')
    assert.ok(text)
    const { bytes } = await make(testEngine, text, { target: 'rtf' })
    const rtf = bytes.toString('latin1')
    assert.equal(rtf.match(/\\pict\b/g)?.length, 1)
    assert.ok(bytes.length < 2.2 * text.bytes.length, `${bytes.length} bytes`)
    const pdf = await make(
      testEngine,
      { bytes, format: 'rtf' },
      { target: 'pdf', options: { lossless: true } },
    )
    const [picture, ...more] = await pdfPictures(pdf.bytes)
    assert.deepEqual([picture?.width, more], [600, []])
  })
})
