import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { openText, word } from '#test/documents/packages.ts'
import { PICTURE_HEADERS } from '#test/documents/picture-headers.ts'
import { lyingWord } from '#test/documents/raw-zip.ts'
import { picture } from '#test/documents/sample-picture.ts'
import { assertRefused, formatOf } from './expect.ts'

/** LibreOffice does not draw it, but might in a document. */
const IN_PACKAGES_ALONE = ['d.tiff']

describe('a look at a picture', () => {
  for (const [name, header] of Object.entries(PICTURE_HEADERS)) {
    it(`finds how large it becomes, as a file and in a package (${name})`, async () => {
      const limits = { pixels: 1e6 }
      const [small, large] = [header(900, 900), header(1100, 1000)]
      if (IN_PACKAGES_ALONE.includes(name)) {
        await assertRefused([small, name, limits], 'unsupported_format', /BigTIFF/)
      } else {
        await assertRefused([large, name, limits], 'image_too_large', /1 million pixels; at most 1 million/)
        await formatOf(small, name, limits)
      }
      const path = 'word/media/picture.xml'
      await assertRefused([await word(undefined, { [path]: large }), 'a.docx', limits], 'image_too_large')
      const stored = lyingWord({ name: 'word/media/a.bin', content: large, stored: true })
      await assertRefused([stored, 'a.docx', limits], 'image_too_large')
      assert.equal(await formatOf(await word(undefined, { [path]: small }), 'a.docx', limits), 'docx')
    })
  }

  it('refuses a real one that has more pixels than it may, and takes it where it may', async () => {
    const [real, limits] = [await picture(300, 300), { pixels: 80_000 }]
    await assertRefused([real, 'a.png', limits], 'image_too_large', /at most 0\.08 million/)
    const inText = await openText(undefined, { 'Pictures/a.png': real })
    await assertRefused([inText, 'a.odt', limits], 'image_too_large')
    assert.deepEqual([await formatOf(real, 'a.png'), await formatOf(inText, 'a.odt')], ['png', 'odt'])
  })

  it('takes one of a few bytes', async () => {
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
