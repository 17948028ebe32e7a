import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { sheetNameOf } from '#worker/tables/sheet-name.ts'

describe('the name of a sheet', () => {
  for (const [fileName, name] of [
    ['Quarterly figures.csv', 'Quarterly figures'],
    [undefined, 'Sheet1'],
    ['.csv', 'Sheet1'],
    ["'a/b[c]:d?*.csv", 'a b c d'],
    [`${'x'.repeat(40)}.csv`, 'x'.repeat(31)],
    [`${'😀'.repeat(20)}.csv`, '😀'.repeat(15)],
  ] as const)
    it(`is made of “${fileName}” so that every program takes it`, () =>
      assert.equal(sheetNameOf(fileName), name))
})
