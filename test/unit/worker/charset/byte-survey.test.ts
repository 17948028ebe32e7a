import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ByteSurvey, type Surveyed } from '#worker/charset/byte-survey.ts'

function survey(bytes: Buffer | string, chunkBytes = 7): Surveyed {
  const all = Buffer.from(bytes as string)
  const look = new ByteSurvey(all.length)
  for (let at = 0; at < all.length; at += chunkBytes) look.push(all.subarray(at, at + chunkBytes))
  return look.end()
}

describe('a survey of bytes', () => {
  it('counts letters of UTF-8 and bytes that are none, wherever the chunks are cut', () => {
    const bytes = Buffer.concat([Buffer.from('Grüße € 😀 aus Köln '), Buffer.from([0xff, 0x20, 0xc3])])
    for (let size = 1; size < 9; size++) {
      const { utf8Letters, notUtf8, isAscii } = survey(bytes, size)
      assert.deepEqual({ utf8Letters, notUtf8, isAscii }, { utf8Letters: 5, notUtf8: 2, isAscii: false })
    }
  })

  it('counts a letter that breaks off at the end of a chunk as one wrong byte', () => {
    const [half, whole] = [Buffer.from([0x20, 0xe2, 0x82]), Buffer.from('é '.repeat(10))]
    const look = new ByteSurvey(half.length + whole.length)
    for (const chunk of [half, whole]) look.push(chunk)
    const { utf8Letters, notUtf8 } = look.end()
    assert.deepEqual({ utf8Letters, notUtf8 }, { utf8Letters: 10, notUtf8: 1 })
  })

  it('finds lines that end in a return alone, and only those', () => {
    for (let size = 1; size < 5; size++) {
      assert.equal(survey('one\rtwo\r', size).hasLoneReturns, true)
      assert.equal(survey('one\r\ntwo\r\n', size).hasLoneReturns, false)
      assert.equal(survey('one\r\r\ntwo\n', size).hasLoneReturns, false)
      assert.equal(survey('one\r\ntwo\r', size).hasLoneReturns, true)
    }
  })

  it('takes samples from all over a long text, and not much of each place', () => {
    const line = Buffer.from(`${'x'.repeat(60)}\n`)
    const places = Array.from({ length: 20_000 }, (_, index) =>
      index % 100 === 99 ? Buffer.from(`caf\xe9 ${index}\n`, 'latin1') : line,
    )
    const { sample } = survey(Buffer.concat(places), 256 * 1024)
    assert.ok(sample.length < 20_000, String(sample.length))
    const found = [...sample.toString('latin1').matchAll(/é (\d+)/g)].map(([, place]) => Number(place))
    assert.ok(found.some(place => place < 2000) && found.some(place => place > 18_000), String(found))
  })

  it('sees where Japanese begins in ISO-2022-JP', () => {
    assert.equal(survey('a \x1b$B$3\x1b(B', 100).hasShifts, true)
    assert.equal(survey('a \x1b[0m').hasShifts, false)
  })
})
