import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { deck } from '#test/documents/deck.ts'
import { collectNotes, make, openTestEngine, type TestEngine } from '../test-engine.ts'

describe('hidden slides', () => {
  let testEngine: TestEngine
  before(async () => {
    testEngine = await openTestEngine('bwrap')
    await testEngine.engine.start()
  })
  after(() => testEngine.close())

  async function printed(bytes: Buffer, format: string, options?: Record<string, unknown>) {
    const { notes, onNote } = collectNotes()
    const { pages } = await make(testEngine, { bytes, format }, { target: 'pdf', options, onNote })
    return { pages, notes }
  }

  /** The same slides in another format. */
  async function as(format: string, bytes: Buffer): Promise<Buffer> {
    return format === 'pptx'
      ? bytes
      : (await make(testEngine, { bytes, format: 'pptx' }, { target: format })).bytes
  }

  for (const format of ['pptx', 'odp'])
    it(`are left out and counted, or printed when that is asked for: ${format}`, async () => {
      const bytes = await as(format, await deck({ slides: 4, hidden: [2, 3] }))
      assert.deepEqual(await printed(bytes, format), { pages: 2, notes: [['hidden_slides_left_out', 2]] })
      assert.deepEqual(await printed(bytes, format, { hiddenSlides: true }), { pages: 4, notes: [] })
    })

  it('are told of where there are no others', async () => {
    const bytes = await deck({ slides: 2, hidden: [1, 2] })
    for (const target of ['pdf', 'png'])
      await assert.rejects(make(testEngine, { bytes, format: 'pptx' }, { target }), {
        code: 'all_slides_hidden',
        details: { option: 'hiddenSlides' },
      })
  })
})
