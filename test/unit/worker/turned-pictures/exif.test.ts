import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { sourceOfBuffer } from '#lib/scan/source.ts'
import { heldAs, pngHeldAs, quarters, webpHeldAs } from '#test/documents/sample-picture.ts'
import { exifOf } from '#worker/turned-pictures/exif.ts'

const JPEG = Buffer.from('ffd8ffc0000b080028005001011100ffd9', 'hex')
const SAMPLES = {
  jpg: heldAs(6, JPEG),
  png: pngHeldAs(6, quarters(8, 4)),
  webp: webpHeldAs(6, { isNamed: true }),
}

async function exifBytes(bytes: Buffer, format: string): Promise<string | undefined> {
  const exif = await exifOf(sourceOfBuffer(bytes), format)
  return exif && (await exif.read(0, 4)).toString('latin1')
}

describe('the EXIF data of a picture', () => {
  it('are found in each format, behind their name where there is one', async () => {
    for (const [format, bytes] of Object.entries(SAMPLES))
      assert.equal(await exifBytes(bytes, format), 'MM\0*', format)
  })

  it('are the first ones', async () => {
    const second = heldAs(6, heldAs(3, JPEG))
    const exif = await exifOf(sourceOfBuffer(second), 'jpg')
    assert.equal((await exif?.read(18, 20))?.readUInt16BE(), 6)
  })

  it('are none in another picture, and do no harm where the file is cut off', async () => {
    assert.equal(await exifBytes(quarters(8, 4), 'png'), undefined)
    assert.equal(await exifBytes(JPEG, 'jpg'), undefined)
    for (const [format, bytes] of Object.entries(SAMPLES))
      for (let size = 0; size < bytes.length; size++) {
        const found = await exifBytes(bytes.subarray(0, size), format)
        assert.ok(found === undefined || found === 'MM\0*', `${format} of ${size} bytes`)
      }
  })
})
