import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { framesOf } from '#lib/scan/frames.ts'
import { sourceOfBuffer } from '#lib/scan/source.ts'
import { scan } from '#lib/scan.ts'
import { movingGif, movingPng, movingWebp, quarters } from '#test/documents/sample-picture.ts'

describe('a picture that moves', () => {
  const notesOf = async (bytes: Buffer, format: string) =>
    (await scan(sourceOfBuffer(bytes), `a.${format}`)).flags.notes?.map(({ code, details }) => [
      code,
      details,
    ])

  for (const [format, bytes, frames] of [
    ['gif', movingGif(5), 5],
    ['png', movingPng(3), 3],
    ['webp', movingWebp(), 2],
  ] as const)
    it(`is told with its frames: ${format}`, async () => {
      assert.deepEqual(await notesOf(bytes, format), [['first_frame_shown', { frames }]])
    })

  it('is none that has one frame, or is cut off', async () => {
    assert.equal(await notesOf(movingGif(1), 'gif'), undefined)
    assert.equal(await notesOf(movingPng(1), 'png'), undefined)
    assert.equal(await notesOf(quarters(4, 4), 'png'), undefined)
    for (const bytes of [movingGif(), movingPng(), movingWebp()])
      for (let length = 1; length < 60; length++)
        assert.ok((await framesOf(sourceOfBuffer(bytes.subarray(0, length)))) <= 2)
  })
})
