import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { CellRemover, type LeftOut } from '#worker/tables/leave-out.ts'

/** In pieces of every size, down to single letters. */
function removed(text: string, leftOut: LeftOut, { delimiter = ',', piece = 100 } = {}): string {
  const remover = new CellRemover(delimiter, leftOut)
  let written = ''
  for (let at = 0; at < text.length; at += piece) written += remover.write(text.slice(at, at + piece))
  return written
}

const TABLE = 'a,b,c\nd,"e,\n""x",f\n,,\ng,h,i\n'

describe('rows and columns of a CSV', () => {
  // biome-ignore format: a table
  const cases: [what: string, leftOut: LeftOut, left: string][] = [
    ['nothing', { rows: [], columns: [] }, TABLE],
    ['the first column', { rows: [], columns: [[0, 0]] }, 'b,c\n"e,\n""x",f\n,\nh,i\n'],
    ['a column between', { rows: [], columns: [[1, 1]] }, 'a,c\nd,f\n,\ng,i\n'],
    ['the last columns', { rows: [], columns: [[1, 2]] }, 'a\nd\n\ng\n'],
    ['several columns', { rows: [], columns: [[0, 0], [2, 9]] }, 'b\n"e,\n""x"\n\nh\n'],
    ['rows', { rows: [[0, 0], [2, 2]], columns: [] }, 'd,"e,\n""x",f\ng,h,i\n'],
    ['a row with line ends in its cells', { rows: [[1, 2]], columns: [[2, 2]] }, 'a,b\ng,h\n'],
    ['all', { rows: [[0, 3]], columns: [] }, ''],
  ]
  for (const [what, leftOut, left] of cases)
    it(`are left out: ${what}`, () => {
      for (const piece of [100, 3, 1]) assert.equal(removed(TABLE, leftOut, { piece }), left, `${piece}`)
    })

  it('are told by whatever stands between the cells', () => {
    assert.equal(removed('a;b,c;d\n', { rows: [], columns: [[1, 1]] }, { delimiter: ';' }), 'a;d\n')
  })
})
