import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { flat } from '#test/documents/flat.ts'
import { saved, shown } from './shown.ts'
import { openTestEngine, type TestEngine } from './test-engine.ts'

const FILTERS = { odt: 'writer8', docx: 'MS Word 2007 XML', doc: 'MS Word 97', rtf: 'Rich Text Format' }
const PAGE = '<text:page-number>1</text:page-number>'

function textWith({ head, foot }: { head: string; foot: string }): string {
  const styles =
    '<style:page-layout style:name="pm1"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm"/><style:header-style/><style:footer-style/></style:page-layout>'
  const masters = `<style:master-page style:name="Standard" style:page-layout-name="pm1"><style:header><text:p>${head}</text:p></style:header><style:footer><text:p>${foot}</text:p></style:footer></style:master-page>`
  return flat('text', '<text:p>Annual report of the company</text:p>', { styles, masters })
}

describe('headers and footers of a plain text', () => {
  let testEngine: TestEngine
  before(async () => {
    testEngine = await openTestEngine('bwrap')
    await testEngine.engine.start()
  })
  after(() => testEngine.close())

  const shownOf = async (page: { head: string; foot: string }) => {
    const source = { bytes: textWith(page), format: 'fodt' }
    const all = [source, ...[...(await saved(source, FILTERS))].map(([format, bytes]) => ({ format, bytes }))]
    const found: [format: string, lines: string[], notes: [string, number][]][] = []
    for (const one of all) {
      const { lines, notes } = await shown(testEngine, one, { target: 'txt' })
      found.push([one.format, lines, notes])
    }
    return found
  }

  it('are left out, and counted where they say what the text does not', async () => {
    for (const [format, lines, notes] of await shownOf({ head: 'Confidential', foot: `Draft ${PAGE}` })) {
      assert.deepEqual(lines, ['Annual report of the company'], format)
      assert.deepEqual(notes, [['heads_left_out', 2]], format)
    }
  })

  it('are not told of where they repeat the text or number its pages', async () => {
    for (const [format, , notes] of await shownOf({ head: 'Annual Report', foot: PAGE }))
      assert.deepEqual(notes, [], format)
  })
})
