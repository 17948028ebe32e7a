import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { movingGif, movingPng, movingWebp } from '#test/documents/sample-picture.ts'
import { pdfColours } from '#test/pdf.ts'
import { convert, openTestEngine, type TestEngine } from './test-engine.ts'

describe('a picture that moves', () => {
  let testEngine: TestEngine
  before(async () => {
    testEngine = await openTestEngine('bwrap')
    await testEngine.engine.start()
  })
  after(() => testEngine.close())

  for (const [format, bytes] of [
    ['gif', movingGif()],
    ['png', movingPng()],
    ['webp', movingWebp()],
  ] as const)
    it(`becomes a page with its first frame: ${format}`, async () => {
      const { pages, pdf } = await convert(testEngine, { bytes, format })
      const [red = 0, green = 255, blue = 255] = (await pdfColours(pdf))(0.25, 0.25)
      assert.deepEqual([pages, red > 250, green < 5, blue < 5], [1, true, true, true])
    })
})
