import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { hugePicture } from '#test/documents/bombs.ts'
import { openText, word } from '#test/documents/packages.ts'
import { picture } from '#test/documents/picture.ts'
import { PICTURE_HEADERS } from '#test/documents/picture-headers.ts'
import { lyingWord } from '#test/documents/raw-zip.ts'
import { assertRefused, formatOf } from './expect.ts'

describe('a look at a picture', () => {
  for (const [name, header] of Object.entries(PICTURE_HEADERS)) {
    it(`finds how large it becomes, as a file and in a package (${name})`, async () => {
      const [small, large] = [header(9_000, 9_000), header(11_000, 10_000)]
      await assertRefused([large, name], 'image_too_large', /110 million pixels; more than 100 million/)
      await formatOf(small, name)
      const path = 'word/media/picture.xml'
      await assertRefused([await word(undefined, { [path]: large }), 'a.docx'], 'image_too_large')
      const stored = lyingWord({ name: 'word/media/a.bin', content: large, stored: true })
      await assertRefused([stored, 'a.docx'], 'image_too_large')
      assert.equal(await formatOf(await word(undefined, { [path]: small }), 'a.docx'), 'docx')
    })
  }

  it('refuses a real one of 40,000 × 40,000 in a few kilobytes', async () => {
    const bomb = hugePicture(40_000)
    assert.ok(bomb.length < 250_000)
    await assertRefused([bomb, 'a.png'], 'image_too_large', /1600 million/)
    await assertRefused([await openText(undefined, { 'Pictures/a.png': bomb }), 'a.odt'], 'image_too_large')
  })

  it('takes a real one, and one of a few bytes', async () => {
    assert.equal(await formatOf(await picture(300, 300), 'a.png'), 'png')
    const dot = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')
    assert.equal(await formatOf(dot, 'a.gif'), 'gif')
  })

  it('comes to an end with one whose lists point at each other', async () => {
    const circle = Buffer.concat([
      Buffer.from('49492a000800000000000800000000000800000008000000', 'hex'),
      Buffer.alloc(90),
    ])
    assert.equal(await formatOf(circle, 'a.tiff'), 'tiff')
    const endless = Buffer.concat([
      Buffer.from('ffd8ffe000040000', 'hex'),
      Buffer.alloc(300_000, 'ffd0', 'hex'),
    ])
    await formatOf(endless, 'a.jpg')
  })
})
