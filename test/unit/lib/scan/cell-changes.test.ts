import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { revisionsNoter } from '#lib/scan/cell-changes.ts'
import { noFlags } from '#lib/scan/flags.ts'

/** What is counted of the revisions of a shared workbook, which come in pieces of this length. */
function counted(xml: string, length: number): number {
  const flags = noFlags()
  const read = revisionsNoter(flags)
  for (let at = 0; at < xml.length; at += length) read(xml.slice(at, at + length))
  return flags.notes?.reduce((sum, { count }) => sum + count, 0) ?? 0
}

describe('the revisions of a shared workbook', () => {
  it('count a row with its cells once, and neither looks nor what was settled', () => {
    const cell = (more = '') => `<rcc rId="1"${more} sId="1"><oc r="A1"/><nc r="A1"/></rcc>`
    const row = `<rrc rId="2" sId="1" ref="A3:XFD3" action="deleteRow"><rfmt sheetId="1"/>${cell()}${cell()}</rrc>`
    const inserted = '<rrc rId="3" sId="1" ref="A4:XFD4" action="insertRow"/>'
    const others = '<rm rId="4" sheetId="1"/><ris rId="5" sheetId="2" name="[a]B"/><rcv guid="{0}"/>'
    const resolved = cell(' ua="1"') + cell(' ra="true"')
    const xml = `<revisions>${cell()}${row}${inserted}${cell()}${others}${resolved}</revisions>`
    for (const length of [7, 100, 10_000]) assert.equal(counted(xml, length), 6)
  })
})
