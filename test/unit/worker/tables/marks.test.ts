import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { MarkCounter } from '#worker/tables/marks.ts'

function marksOf(cells: readonly string[], delimiter: string) {
  const counter = new MarkCounter()
  for (const cell of cells) counter.add(cell)
  return counter.marks(delimiter)
}

describe('the signs of numbers', () => {
  for (const [what, cells, delimiter, decimal, group] of [
    ['points', ['1.5', '2.25', 'x'], ',', '.', undefined],
    ['commas', ['1,5', '2,25'], ';', ',', undefined],
    ['points and commas between thousands', ['1,234.50', '2.5'], ',', '.', ','],
    ['commas and points between thousands', ['1.234,50', '2,5'], ';', ',', '.'],
    ['the delimiter alone, beside whole numbers', ['1', '2'], ',', '.', undefined],
    ['nothing, beside semicolons', ['1', '2'], ';', undefined, undefined],
    ['nothing, where a point may be either', ['1.234'], ';', undefined, undefined],
    ['the greater number', ['1,5', '2,5', '1.5'], ';', ',', undefined],
  ] as const)
    it(`are told by ${what}`, () => assert.deepEqual(marksOf(cells, delimiter), { decimal, group }))
})
