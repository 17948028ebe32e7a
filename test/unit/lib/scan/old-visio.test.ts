import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { openCompound } from '#lib/scan/compound.ts'
import { backgroundsOfOldVisio, unpackLzss } from '#lib/scan/old-visio.ts'
import { sourceOfBuffer } from '#lib/scan/source.ts'
import { oldVisioPages } from '#test/documents/old-visio.ts'
import { Random } from '#test/random.ts'

const found = async (bytes: Buffer) => backgroundsOfOldVisio(await openCompound(sourceOfBuffer(bytes)))

describe('the pages of an old Visio drawing', () => {
  it('are counted where some are backgrounds', async () => {
    const pages = [{ words: 'one' }, { words: 'behind', isBackground: true }, { words: 'two' }]
    assert.deepEqual(await found(oldVisioPages(pages)), { count: 3, backgrounds: 1 })
    assert.deepEqual(await found(oldVisioPages(pages, { isPacked: true })), { count: 3, backgrounds: 1 })
  })

  it('need no count where none is', async () => {
    assert.equal(await found(oldVisioPages([{ words: 'one' }, { words: 'two' }])), undefined)
  })

  it('are unpackLzss with what is repeated from before, also from what is just being written', () => {
    // Three letters, then five bytes from the beginning of the window, which is 18 bytes before place 0.
    const back = -18 & 0xfff
    const packed = Buffer.from([0b0111, 0x61, 0x62, 0x63, back & 0xff, ((back >> 4) & 0xf0) | 2])
    assert.equal(unpackLzss(packed).toString('latin1'), 'abcabcab')
  })

  it('end neither the scan nor the process where the lists are damaged', async () => {
    const random = new Random(7)
    const whole = oldVisioPages([{ words: 'one' }, { words: 'behind', isBackground: true }], {
      isPacked: true,
    })
    const main = whole.indexOf('Visio (TM)', 0, 'latin1') + 0x1c
    for (let round = 0; round < 2000; round++) {
      const bytes = Buffer.from(whole)
      for (let count = 0; count < 4; count++) bytes[main + random.below(400)] = random.below(256)
      const pages = await found(bytes)
      assert.ok(pages === undefined || pages.backgrounds <= pages.count)
    }
  })
})
