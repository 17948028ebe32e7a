import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { richTextWithFields, wordToBecomeOld, wordWithOldFields } from '#test/documents/sample-old-fields.ts'
import { saved, shown } from './shown.ts'
import { openTestEngine, type TestEngine, type TestSource } from './test-engine.ts'

/** Fields with the numbers of their kinds; of all of them LibreOffice alone would print nothing, or another thing. */
const KEPT = [
  [7, 'IF 1 = 1 "a" "b"'],
  [15, 'TITLE'],
  [27, 'NUMWORDS'],
  [3, 'REF gone'],
  [3, 'REF gone \\h'],
  [37, 'PAGEREF gone'],
  [85, 'DOCPROPERTY Client'],
  [34, '= 2 * 3'],
  [59, 'MERGEFIELD Name'],
  [22, 'SAVEDATE'],
] as const
/** In a DOC these are lost as well. */
const KEPT_IN_DOC = [...KEPT, [49, 'EQ \\f(1,2)'], [68, 'INCLUDETEXT "a.doc"'], [1, 'NOFIELD x']] as const

describe('a field of an old Word', () => {
  let testEngine: TestEngine
  before(async () => {
    testEngine = await openTestEngine('bwrap')
    await testEngine.engine.start()
  })
  after(() => testEngine.close())

  const linesOf = async (source: TestSource, target: string) => {
    const { lines, notes } = await shown(testEngine, source, { target })
    assert.deepEqual(notes, [])
    return lines
  }

  it('shows in a rich text what Word kept of it', async () => {
    const fields = [...KEPT.map(([, instruction]) => instruction), 'IF {Sex} = "M" "Mr" "Ms"']
    const bytes = richTextWithFields(fields)
    for (const target of ['pdf', 'txt'])
      assert.deepEqual(
        await linesOf({ bytes, format: 'rtf' }, target),
        fields.map(() => 'kept'),
      )
  })

  it('shows in a rich text what LibreOffice knows better: today’s date', async () => {
    const bytes = richTextWithFields(['IF 1 = 1 "a"', 'DATE \\@ "yyyy"'])
    const [kept, year] = await linesOf({ bytes, format: 'rtf' }, 'txt')
    assert.equal(kept, 'kept')
    assert.match(year ?? '', /^\d{4}$/)
  })

  it('shows in a DOC what Word kept of it', async () => {
    const fields = KEPT_IN_DOC.map(([, instruction]) => instruction)
    const source = { bytes: await wordToBecomeOld(fields), format: 'docx' }
    const doc = (await saved(source, { doc: 'MS Word 97' })).get('doc') ?? Buffer.alloc(0)
    const bytes = wordWithOldFields(doc, KEPT_IN_DOC)
    for (const target of ['pdf', 'txt'])
      assert.deepEqual(
        await linesOf({ bytes, format: 'doc' }, target),
        fields.map(() => 'kept'),
      )
  })
})
