import assert from 'node:assert/strict'
import { test } from 'node:test'
import { noFlags } from '#lib/scan/flags.ts'
import { factsFromScan } from '#worker/scan-facts.ts'

test('a source without links has none for an engine, where the scan reads them', () => {
  assert.equal(factsFromScan('docx', noFlags()).hasLinks, false)
  assert.equal(factsFromScan('docx', { ...noFlags(), links: 1 }).hasLinks, true)
})

test('a source may have links where the scan reads none of its format, and where none was counted', () => {
  for (const format of ['vsdx', 'vsd', 'pub', 'key', 'xlsb', 'wordml'])
    assert.equal(factsFromScan(format, noFlags()).hasLinks, true, format)
  assert.equal(factsFromScan('docx', null).hasLinks, true)
})
