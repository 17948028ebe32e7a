import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sourceOfBuffer } from '#lib/scan/source.ts'
import { scan } from '#lib/scan.ts'
import { archive, partsOf } from '#test/documents/archive.ts'
import { oldVisioPages } from '#test/documents/old-visio.ts'
import { visioDrawing } from '#test/documents/visio.ts'
import { pageText } from '#test/pdf.ts'
import { factsFromScan } from '#worker/scan-facts.ts'
import { collectNotes, make, openTestEngine, type TestEngine } from './test-engine.ts'

/** Pages in this order; behind some stands another, by its index, which is a background. */
async function drawing(
  pages: readonly { words: string; background?: true; behind?: number }[],
): Promise<Buffer> {
  const parts = await partsOf(await visioDrawing('first'))
  const [list, links, page] = ['pages.xml', '_rels/pages.xml.rels', 'page1.xml'].map(
    name => `visio/pages/${name}`,
  ) as [string, string, string]
  const types = String(parts['[Content_Types].xml'])
  const override = /<Override PartName="\/visio\/pages\/page1\.xml"[^>]*>/.exec(types)?.[0] ?? ''
  const relation = /<Relationship .*?\/>/.exec(String(parts[links]))?.[0] ?? ''
  const entry = /<Page .*<\/Page>/.exec(String(parts[list]))?.[0] ?? ''
  const entries = pages.map(({ words, background, behind }, index) =>
    entry
      .replace(
        'ID="0" Name="Page"',
        `ID="${index}" Name="${words}"${background ? ' Background="1"' : ''}${behind === undefined ? '' : ` BackPage="${behind}"`}`,
      )
      .replace('rId1', `rId${index + 1}`),
  )
  const number = (text: string) =>
    pages
      .map((_, index) => text.replace('page1', `page${index + 1}`).replace('rId1', `rId${index + 1}`))
      .join('')
  const contents = pages.map(({ words }, index) => [
    page.replace('1', String(index + 1)),
    String(parts[page]).replace('first', words),
  ])
  return archive({
    ...parts,
    '[Content_Types].xml': types.replace(override, number(override)),
    [links]: String(parts[links]).replace(relation, number(relation)),
    [list]: String(parts[list]).replace(entry, entries.join('')),
    ...Object.fromEntries(contents),
  })
}

describe('the backgrounds of a Visio drawing', () => {
  let testEngine: TestEngine
  before(async () => {
    testEngine = await openTestEngine('bwrap')
    await testEngine.engine.start()
  })
  after(() => testEngine.close())

  async function printed(
    source: Buffer | { bytes: Buffer; format: string },
    target: string,
    options: Record<string, unknown> = {},
  ) {
    const { bytes, format } = Buffer.isBuffer(source) ? { bytes: source, format: 'vsdx' } : source
    const { flags } = await scan(sourceOfBuffer(bytes), `a.${format}`)
    const { notes, onNote } = collectNotes()
    const listeners = { onNote, ...factsFromScan(format, flags) }
    const made = await make(testEngine, { bytes, format }, { target, options, ...listeners })
    return { ...made, notes }
  }

  it('stand behind their pages and are none themselves, wherever they are in the file', async () => {
    const back = { words: 'behind', background: true } as const
    const far = { words: 'farther', background: true } as const
    const pages = [
      far,
      { words: 'one', behind: 2 },
      { ...back, behind: 0 },
      { words: 'two' },
      { words: 'three', behind: 2 },
    ]
    const bytes = await drawing(pages)
    const { bytes: pdf, pages: count, notes } = await printed(bytes, 'pdf')
    assert.deepEqual([count, notes], [3, [['background_pages_left_out', 2]]])
    for (const [index, words] of [
      ['behind', 'farther', 'one'],
      ['two'],
      ['behind', 'farther', 'three'],
    ].entries()) {
      const found = (await pageText(pdf, index + 1)).split(/\s+/).filter(Boolean)
      assert.deepEqual(found.toSorted(), words)
    }
    const second = await printed(bytes, 'pdf', { pages: '2' })
    assert.match(await pageText(second.bytes), /^\s*two\s*$/)
    assert.match(String((await printed(bytes, 'txt')).bytes), /one.*two.*three/s)
    await assert.rejects(printed(bytes, 'png', { pages: '4' }), { code: 'no_such_page' })
  })

  for (const isPacked of [false, true])
    it(`are no pages of an old drawing, whose lists are ${isPacked ? 'packed' : 'not packed'}`, async () => {
      const pages = [{ words: 'behind', isBackground: true }, { words: 'one' }, { words: 'two' }]
      const bytes = oldVisioPages(pages, { isPacked })
      const { bytes: pdf, pages: count, notes } = await printed({ bytes, format: 'vsd' }, 'pdf')
      assert.deepEqual([count, notes], [2, [['background_pages_left_out', 1]]])
      for (const [index, words] of ['one', 'two'].entries())
        assert.match(await pageText(pdf, index + 1), new RegExp(`^\\s*${words}\\s*$`))
    })

  it('are printed where there is nothing else', async () => {
    const { pages, notes } = await printed(await drawing([{ words: 'behind', background: true }]), 'pdf')
    assert.deepEqual([pages, notes], [1, [['background_pages_printed', 1]]])
  })
})
