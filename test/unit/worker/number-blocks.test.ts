import assert from 'node:assert/strict'
import { it } from 'node:test'
import { countIn, gapsBetween, type NumberBlock } from '#worker/number-blocks.ts'

// biome-ignore format: a table
const cases: [blocks: NumberBlock[], last: number, gaps: NumberBlock[], count: number][] = [
  [[], 3, [[0, 3]], 0],
  [[[0, 3]], 3, [], 4],
  [[[1, 1]], 3, [[0, 0], [2, 3]], 1],
  [[[2, 3], [0, 0], [2, 2]], 5, [[1, 1], [4, 5]], 3],
  [[[0, 5], [1, 2]], 5, [], 6],
]
for (const [blocks, last, gaps, count] of cases)
  it(`blocks ${JSON.stringify(blocks)} up to ${last} leave gaps and hold numbers`, () => {
    assert.deepEqual(gapsBetween(blocks, last), gaps)
    assert.equal(countIn(blocks), count)
  })
