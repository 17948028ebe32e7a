import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { picture } from '#test/documents/sample-picture.ts'
import { tiff } from '#test/documents/sample-tiff.ts'
import { assertRefused, formatOf } from './expect.ts'

const bytes = (hex: string) => Buffer.concat([Buffer.from(hex.replaceAll(' ', ''), 'hex'), Buffer.alloc(100)])

describe('a scan of other files', () => {
  it('refuses an empty file', async () => {
    await assertRefused(['', 'deck.pptx'], 'empty_file')
  })

  it('knows pictures, whatever picture their name claims', async () => {
    assert.equal(await formatOf(await picture(4, 4), 'a.png'), 'png')
    assert.equal(await formatOf(await picture(4, 4), 'a.jpg'), 'png')
    assert.equal(await formatOf(bytes('ff d8 ff e0 00 10 4a 46 49 46 00'), 'a.jpeg'), 'jpg')
    assert.equal(await formatOf(bytes('49 49 2a 00 08 00 00 00 00 00'), 'a.tif'), 'tiff')
    assert.equal(await formatOf(bytes('47 49 46 38 39 61'), 'a.gif'), 'gif')
    assert.equal(await formatOf(bytes('42 4d 46 00 00 00'), 'a.bmp'), 'bmp')
    assert.equal(await formatOf(bytes('52 49 46 46 24 00 00 00 57 45 42 50 56 50 38 20'), 'a.webp'), 'webp')
  })

  it('knows a TIFF whose facts stand behind its pixels, as a scanner writes it', async () => {
    for (const order of ['II', 'MM'] as const)
      assert.equal(await formatOf(tiff([{ width: 100, height: 100 }], order), 'a.tiff'), 'tiff')
  })

  it('names a picture that is named .pptx', async () => {
    const sentence = /^This is not a PowerPoint presentation: it is a PNG picture named \.pptx\.$/
    await assertRefused([await picture(4, 4), 'deck.pptx'], 'type_mismatch', sentence)
  })

  it('names what it cannot convert', async () => {
    await assertRefused(['%PDF-1.7\n', 'deck.pptx'], 'type_mismatch', /it is a PDF document named \.pptx/)
    await assertRefused(
      [bytes('4d 5a 90 00 03 00'), 'deck.pptx'],
      'type_mismatch',
      /it is a program named \.pptx/,
    )
    const film = bytes('00 00 00 18 66 74 79 70 6d 70 34 32 00 00 00 00')
    await assertRefused([film, 'film.mp4'], 'unsupported_format', /\(an MP4 video\)/)
    await assertRefused([Buffer.from([1, 2, 3, 0, 0]), 'a.xyz'], 'unsupported_format', /\(an unknown kind\)/)
  })

  it('says what to do with pictures that LibreOffice cannot draw', async () => {
    const still = bytes('52 49 46 46 24 00 00 00 57 45 42 50 56 50 38 58 0a 00 00 00 10 00 00 00')
    const big = bytes('49 49 2b 00 08 00 00 00 10 00 00 00 00 00 00 00')
    const [heic, avif] = ['68 65 69 63', '61 76 69 66'].map(brand =>
      bytes(`00 00 00 18 66 74 79 70 ${brand} 00 00 00 00`),
    )
    assert.equal(await formatOf(still, 'a.webp'), 'webp')
    await assertRefused([big, 'a.tif'], 'unsupported_format', /BigTIFF/)
    await assertRefused([heic ?? '', 'a.heic'], 'unsupported_format', /a HEIC picture/)
    await assertRefused([avif ?? '', 'a.avif'], 'unsupported_format', /an AVIF picture/)
  })

  it('says that a file of nothing but zeros is damaged', async () => {
    await assertRefused(
      [Buffer.alloc(5000), 'deck.pptx'],
      'corrupt_file',
      /looks like a PowerPoint presentation/,
    )
  })
})
