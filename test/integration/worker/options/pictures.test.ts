import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import {
  heldAs,
  picture,
  pngHeldAs,
  QUARTERS,
  quarters,
  webpHeldAs,
  withResolution,
} from '#test/documents/sample-picture.ts'
import { pdfColours, pdfFacts, pdfPictures } from '#test/pdf.ts'
import { make, openTestEngine, type TestEngine, type TestSource } from '../test-engine.ts'

let bench: TestEngine
before(async () => {
  bench = await openTestEngine('bwrap')
  await bench.engine.start()
})
after(() => bench.close())

async function pdf(source: TestSource, options?: Record<string, unknown>): Promise<Buffer> {
  return (await make(bench, source, { target: 'pdf', options })).bytes
}

/** Points, rounded, as they are seen. */
async function page(bytes: Buffer): Promise<number[]> {
  const { 'Page size': size = '', 'Page rot': turned } = await pdfFacts(bytes)
  const [, width = 0, height = 0] = /([\d.]+) x ([\d.]+)/.exec(size)?.map(Number) ?? []
  const sides = [Math.round(width), Math.round(height)]
  return Number(turned) % 180 === 0 ? sides : sides.reverse()
}

describe('a picture as a PDF', () => {
  it('has a page of its own size, at 96 dots per inch where it tells of none', async () => {
    assert.deepEqual(await page(await pdf({ bytes: await picture(400, 200), format: 'png' })), [300, 150])
    assert.deepEqual(await page(await pdf({ bytes: await picture(200, 1200), format: 'png' })), [150, 900])
  })

  it('has a page of the size that its resolution makes, unless that cannot be meant', async () => {
    const png = quarters(400, 200)
    const pages = { 300: [96, 48], 96: [300, 150], 0.125: [300, 150], 40000: [300, 150] }
    for (const [dotsPerInch, size] of Object.entries(pages)) {
      const source = { bytes: withResolution(Number(dotsPerInch), png), format: 'png' }
      assert.deepEqual(await page(await pdf(source)), size, `${dotsPerInch} dots per inch`)
    }
  })

  it('fills its page to all four corners', async () => {
    const colour = await pdfColours(await pdf({ bytes: quarters(80, 40), format: 'png' }))
    assert.deepEqual([colour(0.05, 0.1), colour(0.95, 0.1), colour(0.95, 0.9), colour(0.05, 0.9)], QUARTERS)
  })

  it('is no blank page however thin it is', async () => {
    const thin = await pdf({ bytes: quarters(2000, 1), format: 'png' })
    assert.deepEqual(await page(thin), [1500, 3])
    assert.deepEqual((await pdfColours(thin))(0.25, 0.5), QUARTERS[0])
  })

  it('is shrunk where no PDF page can be so long', async () => {
    assert.deepEqual(await page(await pdf({ bytes: quarters(25_000, 100), format: 'png' })), [14_397, 58])
  })

  it('lies on paper as it is turned itself, and is shrunk to fit but not enlarged', async () => {
    const large = await pdf({ bytes: quarters(2000, 1000), format: 'png' }, { paper: 'a4' })
    assert.deepEqual(await page(large), [842, 595])
    const small = await pdf({ bytes: quarters(100, 200), format: 'png' }, { paper: 'letter' })
    assert.deepEqual(await page(small), [612, 792])
    const colour = await pdfColours(small)
    assert.deepEqual([colour(0.3, 0.5), colour(0.49, 0.49)], [[255, 255, 255], QUARTERS[0]])
  })
})

describe('a photograph', () => {
  /** Where the quarters of the file are seen: upper left, upper right, lower right, lower left. */
  const seen: Record<number, readonly number[]> = {
    1: [0, 1, 2, 3],
    2: [1, 0, 3, 2],
    3: [2, 3, 0, 1],
    4: [3, 2, 1, 0],
    5: [0, 3, 2, 1],
    6: [3, 0, 1, 2],
    7: [2, 1, 0, 3],
    8: [1, 2, 3, 0],
  }
  let jpeg: Buffer
  before(async () => {
    jpeg = (await make(bench, { bytes: quarters(80, 40), format: 'png' }, { target: 'jpg' })).bytes
  })

  /** Which of the quarters this colour is nearest to: JPEG changes it a little. */
  const quarterOf = (colour: number[]) =>
    QUARTERS.findIndex(of => of.every((part, index) => Math.abs(part - (colour[index] ?? 0)) < 40))

  it('stands as the camera was held, in each of eight ways', async () => {
    for (const [orientation, quartersSeen] of Object.entries(seen)) {
      const source = { bytes: heldAs(Number(orientation), jpeg), format: 'jpg' }
      const colour = await pdfColours(await pdf(source))
      const corners = [colour(0.1, 0.1), colour(0.9, 0.1), colour(0.9, 0.9), colour(0.1, 0.9)]
      assert.deepEqual(corners.map(quarterOf), quartersSeen, `orientation ${orientation}`)
    }
  })

  it('stands as it was held also where megabytes of a depth map or a colour profile come before its size', async () => {
    const segment = Buffer.concat([Buffer.from('ffe2ffff', 'hex'), Buffer.alloc(0xffff - 2)])
    const profile = Array.from({ length: 40 }, () => segment)
    const long = Buffer.concat([jpeg.subarray(0, 2), ...profile, jpeg.subarray(2)])
    const colour = await pdfColours(await pdf({ bytes: heldAs(6, long), format: 'jpg' }))
    assert.deepEqual([quarterOf(colour(0.1, 0.1)), quarterOf(colour(0.9, 0.1))], [3, 0])
  })

  it('stands as it was held also as a PNG or a WebP', async () => {
    for (const [orientation, quartersSeen] of Object.entries(seen)) {
      const bytes = pngHeldAs(Number(orientation), quarters(80, 40))
      const colour = await pdfColours(await pdf({ bytes, format: 'png' }))
      const corners = [colour(0.1, 0.1), colour(0.9, 0.1), colour(0.9, 0.9), colour(0.1, 0.9)]
      assert.deepEqual(corners.map(quarterOf), quartersSeen, `orientation ${orientation}`)
    }
    const sizes = [webpHeldAs(1), webpHeldAs(6), webpHeldAs(6, { isNamed: true })].map(async bytes =>
      page(await pdf({ bytes, format: 'webp' })),
    )
    assert.deepEqual(await Promise.all(sizes), [
      [45, 30],
      [30, 45],
      [30, 45],
    ])
  })

  it('keeps every pixel when it is turned, in an archive too', async () => {
    for (const target of ['pdf', 'pdfa-2b']) {
      const { bytes } = await make(bench, { bytes: heldAs(6, jpeg), format: 'jpg' }, { target })
      const [shown] = await pdfPictures(bytes)
      assert.equal(shown?.width, jpegWidth(jpeg), target)
    }
  })

  it('lies on paper as it is seen, with a first page that stands upright', async () => {
    const source = { bytes: heldAs(8, jpeg), format: 'jpg' }
    const shown: Promise<string | null>[] = []
    const onFirstPage = (picture: Promise<string | null>) => void shown.push(picture)
    const { bytes } = await make(bench, source, { target: 'pdf', options: { paper: 'a5' }, onFirstPage })
    assert.deepEqual(await page(bytes), [420, 595])
    assert.equal(shown.length, 1)
  })

  it('becomes a picture that stands upright', async () => {
    const { bytes } = await make(bench, { bytes: heldAs(6, jpeg), format: 'jpg' }, { target: 'png' })
    assert.ok(bytes.readUInt32BE(16) < bytes.readUInt32BE(20))
  })
})

describe('the option paper', () => {
  it('counts for what has no page of its own', async () => {
    const sources = [
      { bytes: 'a,b\n1,2\n', format: 'csv' },
      { bytes: 'Words.\n', format: 'txt' },
      { bytes: '<p>Words.</p>', format: 'html' },
    ]
    for (const source of sources) {
      assert.deepEqual(await page(await pdf(source, { paper: 'a5' })), [420, 595], source.format)
      assert.deepEqual(await page(await pdf(source, { paper: 'legal' })), [612, 1008], source.format)
    }
  })

  it('is refused for what has pages of its own', async () => {
    await assert.rejects(pdf({ bytes: '{\\rtf1 x}', format: 'rtf' }, { paper: 'a4' }), {
      code: 'option_without_effect',
    })
  })
})

/** From its frame’s header. */
function jpegWidth(jpeg: Buffer): number {
  const frame = jpeg.indexOf(Buffer.from('ffc0', 'hex'))
  return jpeg.readUInt16BE(frame + 7)
}
