import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { partsOf } from '#test/documents/archive.ts'
import { deck } from '#test/documents/deck.ts'
import { flat } from '#test/documents/flat.ts'
import { letter } from '#test/documents/letter.ts'
import { locked } from '#test/documents/locked.ts'
import { sheet } from '#test/documents/sheet.ts'
import { make, openTestEngine, type TestEngine } from '../test-engine.ts'

const PASSWORD = 'open sesame'

let testEngine: TestEngine
before(async () => {
  testEngine = await openTestEngine('bwrap')
  await testEngine.engine.start()
})
after(() => testEngine.close())

for (const [format, target, source] of [
  ['pptx', 'odp', () => deck({ slides: 1 })],
  ['docx', 'odt', () => letter()],
  ['xlsx', 'ods', () => sheet()],
] as const)
  it(`the password of a ${format} does not lock the ${target} that it becomes`, async () => {
    const bytes = locked(await source(), PASSWORD)
    const made = await make(testEngine, { bytes, format }, { target, options: { password: PASSWORD } })
    const parts = await partsOf(made.bytes)
    assert.doesNotMatch(String(parts['META-INF/manifest.xml']), /encryption/)
    assert.match(String(parts['content.xml']), /<office:body>/)
  })

it('links of a locked file are as they were written, though the scan cannot see them', async () => {
  const link = '<text:p><text:a xlink:type="simple" xlink:href="file:///home/a.docx">x</text:a></text:p>'
  const open = { bytes: flat('text', link), format: 'fodt' }
  const { bytes } = await make(testEngine, open, { target: 'docx', hasLinks: true })
  const source = { bytes: locked(bytes, PASSWORD), format: 'docx' }
  const settings = { target: 'odt', options: { password: PASSWORD }, hasLinks: false }
  const parts = await partsOf((await make(testEngine, source, settings)).bytes)
  assert.match(String(parts['content.xml']), /xlink:href="file:\/\/\/home\/a\.docx"/)
})

it('a lock without a password is told from damage', async () => {
  const source = { bytes: locked(await deck({ slides: 1 }), PASSWORD), format: 'pptx' }
  await assert.rejects(make(testEngine, source, { target: 'pdf' }), { code: 'password_required' })
})
