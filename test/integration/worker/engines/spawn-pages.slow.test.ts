import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { partsOf } from '#test/documents/archive.ts'
import { deck } from '#test/documents/deck.ts'
import { tiff } from '#test/documents/sample-tiff.ts'
import { make, openTestEngine } from '../test-engine.ts'

const PAGES = [
  { width: 120, height: 60 },
  { width: 30, height: 15, isThumbnail: true },
  { width: 60, height: 120 },
  { width: 90, height: 90 },
]
const slides = { bytes: await deck({ slides: 11, hidden: [2] }), format: 'pptx' }

describe('pictures of pages with ENGINE=spawn', () => {
  it('are the same, though the engine prints all pages', async () => {
    const testEngine = await openTestEngine('bwrap', { engine: 'spawn' })
    await testEngine.engine.start()
    const { bytes, pages } = await make(testEngine, slides, { target: 'png', options: { pages: '9-,2' } })
    assert.deepEqual(Object.keys(await partsOf(bytes)), ['slide-09.png', 'slide-10.png', 'slide-02.png'])
    assert.equal(pages, 3)
    await assert.rejects(make(testEngine, slides, { target: 'png', options: { pages: '11' } }), {
      code: 'no_such_page',
    })
    await testEngine.close()
  })
})

describe('a TIFF of several pages with ENGINE=spawn', () => {
  it('has all of them in the result', async t => {
    const testEngine = await openTestEngine('bwrap', { engine: 'spawn' })
    t.after(() => testEngine.close())
    await testEngine.engine.start()
    const source = { bytes: tiff(PAGES), format: 'tiff' }
    assert.equal((await make(testEngine, source, { target: 'pdf' })).pages, 3)
    const locked = await make(testEngine, source, { target: 'pdf', options: { resultPassword: 'open' } })
    assert.equal(locked.pages, 3)
  })
})
