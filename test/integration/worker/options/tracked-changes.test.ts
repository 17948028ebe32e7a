import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { partsOf } from '#test/documents/archive.ts'
import { ACCEPTED, MARKED, REJECTED, trackedBody, wordWith } from '#test/documents/reviewed.ts'
import { saved, shown } from '../shown.ts'
import { openTestEngine, type TestEngine } from '../test-engine.ts'

const SAVED = { odt: 'writer8', doc: 'MS Word 97', rtf: 'Rich Text Format' }

describe('tracked changes', () => {
  let testEngine: TestEngine
  let sources: Map<string, Buffer>
  before(async () => {
    testEngine = await openTestEngine('bwrap')
    await testEngine.engine.start()
    const docx = await wordWith(trackedBody())
    sources = new Map([['docx', docx], ...(await saved({ bytes: docx, format: 'docx' }, SAVED))])
  })
  after(() => testEngine.close())

  const of = async (format: string, target: string, options: Record<string, unknown> = {}) => {
    const { lines, notes } = await shown(
      testEngine,
      { bytes: sources.get(format) ?? '', format },
      { target, options },
    )
    assert.equal(notes.length, 1, JSON.stringify(notes))
    const [[code, count] = ['', 0]] = notes
    assert.ok(count > 0)
    return { lines, code }
  }

  for (const format of ['docx', 'odt', 'doc', 'rtf'])
    it(`are accepted in a plain text, marked in a PDF, and both as asked for: ${format}`, async () => {
      const accepted = await of(format, 'txt')
      assert.equal(accepted.code, 'tracked_changes_accepted')
      // LibreOffice itself writes a date of a change into the text of a RTF.
      const lines = accepted.lines.map(line => line.replace(/^-?\d+ Bold$/, 'Bold'))
      assert.deepEqual(lines, ACCEPTED)
      const rejected = await of(format, 'pdf', { trackedChanges: 'rejected' })
      assert.equal(rejected.code, 'tracked_changes_rejected')
      assert.deepEqual(
        rejected.lines.map(line => line.replace(/^-?\d+ Bold$/, 'Bold')),
        REJECTED,
      )
      const marked = await of(format, 'pdf')
      assert.equal(marked.code, 'tracked_changes_marked')
      assert.deepEqual(
        marked.lines.map(line => line.replace(/^-?\d+ Bold$/, 'Bold')),
        MARKED,
      )
    })

  it('stay in an office format until they are accepted', async () => {
    const source = { bytes: sources.get('docx') ?? '', format: 'docx' }
    const regions = async (options: Record<string, unknown>) => {
      const { bytes, notes } = await shown(testEngine, source, { target: 'odt', options })
      const content = String((await partsOf(bytes))['content.xml'])
      return { count: content.split('<text:changed-region').length - 1, code: notes[0]?.[0] }
    }
    const kept = await regions({})
    assert.ok(kept.count > 5)
    assert.equal(kept.code, 'tracked_changes_kept')
    assert.deepEqual(await regions({ trackedChanges: 'accepted' }), {
      count: 0,
      code: 'tracked_changes_accepted',
    })
  })

  it('are accepted though their author wanted the document to be read only', async () => {
    for (const protection of [
      '<w:documentProtection w:edit="readOnly" w:enforcement="1"/>',
      '<w:documentProtection w:edit="trackedChanges" w:enforcement="1"/>',
      '<w:writeProtection w:recommended="1"/>',
    ]) {
      const bytes = await wordWith(trackedBody(), { settings: protection })
      const { lines, notes } = await shown(testEngine, { bytes, format: 'docx' }, { target: 'txt' })
      assert.deepEqual(lines, ACCEPTED, protection)
      assert.equal(notes[0]?.[0], 'tracked_changes_accepted')
    }
  })

  it('are no hindrance where LibreOffice reads nothing but their outcome', async () => {
    const change =
      '<w:sectPr><w:sectPrChange w:id="1" w:author="Pat" w:date="2026-01-01T00:00:00Z"><w:sectPr/></w:sectPrChange></w:sectPr>'
    const bytes = await wordWith(`<w:p><w:r><w:t>Words</w:t></w:r></w:p>${change}`)
    const { lines, notes } = await shown(testEngine, { bytes, format: 'docx' }, { target: 'txt' })
    assert.deepEqual({ lines, notes }, { lines: ['Words'], notes: [['tracked_changes_accepted', 1]] })
  })

  it('are told of no document that has none', async () => {
    const bytes = await wordWith('<w:p><w:r><w:t>x</w:t></w:r></w:p>')
    const doc = (await saved({ bytes, format: 'docx' }, { doc: 'MS Word 97' })).get('doc') ?? ''
    for (const target of ['txt', 'pdf', 'odt'])
      assert.deepEqual((await shown(testEngine, { bytes: doc, format: 'doc' }, { target })).notes, [])
  })
})
