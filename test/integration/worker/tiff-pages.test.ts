import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { GREYS, type TiffPage, tiff } from '#test/documents/sample-tiff.ts'
import { type PagePicture, pagePictures } from '#test/pdf.ts'
import { make, openTestEngine, type TestEngine } from './test-engine.ts'

const PAGES: TiffPage[] = [
  { width: 120, height: 60 },
  { width: 30, height: 15, isThumbnail: true },
  { width: 60, height: 120 },
  { width: 90, height: 90 },
]

/** Which of the quarters are seen: upper left, upper right, lower right, lower left. */
function cornersOf({ width, height, pixels }: PagePicture): number[] {
  const greyAt = (x: number, y: number) => pixels[Math.floor(y * height) * width + Math.floor(x * width)] ?? 0
  const greys = [greyAt(0.2, 0.2), greyAt(0.8, 0.2), greyAt(0.8, 0.8), greyAt(0.2, 0.8)]
  return greys.map(seen => GREYS.findIndex(grey => Math.abs(grey - seen) < 20))
}

describe('a TIFF of several pages', () => {
  let testEngine: TestEngine
  before(async () => {
    testEngine = await openTestEngine('bwrap')
    await testEngine.engine.start()
  })
  after(() => testEngine.close())

  const shapes = async (bytes: Buffer, target: string, options?: Record<string, unknown>) => {
    const made = await make(testEngine, { bytes, format: 'tiff' }, { target, options })
    const boxes = made.bytes.toString('latin1').matchAll(/\/MediaBox *\[ *0 0 ([\d.]+) ([\d.]+) *\]/g)
    // LibreOffice writes one for the list of pages, too.
    return [...boxes]
      .slice(-(made.pages ?? 0))
      .map(([, width, height]) => Math.sign(Number(width) - Number(height)))
  }

  for (const order of ['II', 'MM'] as const)
    for (const target of ['pdf', 'pdfa-2b'])
      it(`has all of them in the result, without thumbnails: ${order} as ${target}`, async () => {
        assert.deepEqual(await shapes(tiff(PAGES, order), target), [1, -1, 0])
      })

  it('has those that were chosen, and refuses one that is not there', async () => {
    assert.deepEqual(await shapes(tiff(PAGES), 'pdf', { pages: '2-3' }), [-1, 0])
    assert.deepEqual(await shapes(tiff(PAGES), 'pdf', { pages: '2' }), [-1])
    await assert.rejects(shapes(tiff(PAGES), 'pdf', { pages: '4' }), {
      code: 'no_such_page',
      message: /no page 4; the last one is 3/,
    })
  })

  it('shows each upright, in each of eight ways to hold a camera', async () => {
    const seen = [
      [0, 1, 2, 3],
      [1, 0, 3, 2],
      [2, 3, 0, 1],
      [3, 2, 1, 0],
      [0, 3, 2, 1],
      [3, 0, 1, 2],
      [2, 1, 0, 3],
      [1, 2, 3, 0],
    ]
    const pages = seen.map((_, index) => ({ width: 80, height: 40, orientation: index + 1 }))
    for (const order of ['II', 'MM'] as const) {
      const { bytes } = await make(
        testEngine,
        { bytes: tiff(pages, order), format: 'tiff' },
        { target: 'pdf' },
      )
      const pictures = await pagePictures(bytes)
      assert.deepEqual(pictures.map(cornersOf), seen)
    }
  })

  it('shows a single one upright, too', async () => {
    const source = { bytes: tiff([{ width: 80, height: 40, orientation: 6 }]), format: 'tiff' }
    const { bytes } = await make(testEngine, source, { target: 'png' })
    assert.ok(bytes.readUInt32BE(16) < bytes.readUInt32BE(20))
  })

  it('gives a picture of each page', async () => {
    const source = { bytes: tiff(PAGES), format: 'tiff' }
    assert.equal((await make(testEngine, source, { target: 'png', options: { pages: 'all' } })).pages, 3)
    const second = await make(testEngine, source, { target: 'png', options: { pages: '2' } })
    assert.ok(second.bytes.readUInt32BE(16) < second.bytes.readUInt32BE(20))
  })

  it('keeps what makes a PDF/A one', async () => {
    const { bytes } = await make(testEngine, { bytes: tiff(PAGES), format: 'tiff' }, { target: 'pdfa-2b' })
    assert.match(bytes.toString('latin1'), /\/OutputIntents/)
  })

  it('of one page is converted as it is', async () => {
    assert.deepEqual(await shapes(tiff(PAGES.slice(0, 1)), 'pdf'), [1])
    assert.deepEqual(await shapes(tiff(PAGES.slice(0, 2)), 'pdf'), [1])
    assert.deepEqual(
      await shapes(
        tiff([
          { width: 9, height: 30, isThumbnail: true },
          { width: 120, height: 60 },
        ]),
        'pdf',
      ),
      [1],
    )
  })
})
