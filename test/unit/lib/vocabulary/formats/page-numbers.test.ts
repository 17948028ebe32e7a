import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { pageRanges } from '#lib/vocabulary/formats/page-numbers.ts'
import { isBundle, resultFileName } from '#lib/vocabulary/formats.ts'
import { parseSettings } from '#lib/vocabulary/settings.ts'

describe('ranges of pages that a PDF is split by', () => {
  it('are each a list of numbers; the last may be open, and one may count down', () => {
    assert.deepEqual(pageRanges('1-3, 5,3-2, 4-', 5).ranges, [[1, 2, 3], [5], [3, 2], [4, 5]])
    assert.deepEqual(pageRanges('each', 3).ranges, [[1], [2], [3]])
  })

  it('are not cut where a page does not exist', () => {
    for (const [split, missing] of [
      ['1-6', 6],
      ['7', 7],
      ['1,8-', 8],
      ['9-1', 9],
    ] as const)
      assert.deepEqual(pageRanges(split, 5), { ranges: [], missing })
  })

  it('give a zip, unless there is one', () => {
    for (const [split, name] of [
      ['1-3', 'a.pdf'],
      ['1,2', 'a.zip'],
      ['each', 'a.zip'],
      ['2-', 'a.pdf'],
    ] as const) {
      assert.equal(resultFileName('a.pdf', 'pdf', { split }), name)
      assert.equal(isBundle('pdf', { split }), name === 'a.zip')
    }
  })

  it('are refused where they are not numbers', () => {
    for (const split of ['0', '1-2-3', 'all', '-3', '1,,2', '1;2'])
      assert.throws(() => parseSettings({ target: 'pdf', options: { split } }, 'pdf'), {
        code: 'invalid_option',
      })
    assert.throws(() => parseSettings({ target: 'pdf', options: {} }, 'pdf'), { code: 'already_pdf' })
  })
})
