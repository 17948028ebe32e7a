import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { declaredDelimiter, delimiterOf } from '#worker/tables/delimiter.ts'

describe('the delimiter of a table', () => {
  for (const [what, text, sign] of [
    ['commas', 'a,b\n1,2\n', ','],
    ['semicolons beside decimal commas', '12,50;13,75\n1,10;2,20\n', ';'],
    ['tabs beside words with commas', 'a, b\tc\nd, e\tf\n', '\t'],
    ['pipes', 'a|b|c\n1|2|3\n', '|'],
    ['commas within quoted cells', '"a,b";c\n"d,e,f";g\n', ';'],
    ['one column of numbers with decimal commas', 'Sum\n1,5\n2,25\n', ';'],
    ['one column of words', 'a\nb\n', ','],
    ['nothing', '', ','],
    ['most lines, where some are remarks', 'a;b;c\n1;2;3\n4;5;6\n# see a, b\n', ';'],
  ] as const)
    it(`is found among ${what}`, () => assert.equal(delimiterOf(text), sign))

  for (const [line, delimiter, length] of [
    ['sep=;\nName;Sum', ';', 6],
    ['\ufeff"sep=,"\r\na', ',', 10],
    ['SEP=\t\r\n', '\t', 7],
  ] as const)
    it(`is told by the first line: ${JSON.stringify(line)}`, () =>
      assert.deepEqual(declaredDelimiter(line), { delimiter, length }))

  it('is not told by a first line that only begins so', () => {
    for (const line of ['sep=ab\n', 'separator;x\n', ' sep=;\n'])
      assert.equal(declaredDelimiter(line), undefined)
  })
})
