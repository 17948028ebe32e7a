import assert from 'node:assert/strict'
import { buffer } from 'node:stream/consumers'
import { describe, it } from 'node:test'
import { picturesOnce } from '#worker/second-pictures.ts'

const ONCE = String.raw`{\rtf1 a{\*\shppict{\pict\pngblip 89}}{b\{c\}}{\pict\bin3 }}}}{\'e4}{{d}}}`
const SECOND = String.raw`{\nonshppict{\pict{\*\picprop{\sp{\sn a\{}}}\wmetafile8 01\'7d00{\bin2 }{}}}`

async function filtered(text: string, size: number): Promise<string> {
  const bytes = Buffer.from(text, 'latin1')
  async function* pieces() {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
  }
  return (await buffer(picturesOnce(pieces()))).toString('latin1')
}

describe('the second pictures of a rich text', () => {
  it('are omitted with all that is in them, and nothing else is, wherever the text is cut', async () => {
    const twice = ONCE.replaceAll('}{', `}${SECOND}{`)
    assert.ok(twice.length > ONCE.length + SECOND.length)
    for (const size of [1, 2, 3, 7, 64, 1000]) assert.equal(await filtered(twice, size), ONCE)
  })

  it('leave every other text as it is, also one that breaks off', async () => {
    for (const text of [ONCE, '', '{', '{{', String.raw`{\nonshppictures}`, String.raw`\nonshppict{a}`])
      assert.equal(await filtered(text, 5), text)
    assert.equal(await filtered(String.raw`{a{\nonshppict{b`, 5), '{a')
  })
})
