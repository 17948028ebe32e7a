import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { it } from 'node:test'
import { sourceOfBuffer } from '#lib/scan/source.ts'
import { openArchive } from '#lib/scan/zip.ts'
import { archive, partsOf } from '#test/documents/archive.ts'
import { copyArchive } from '#worker/zip-copy.ts'

it('copyArchive gives some parts another content, and copies the others in their order', async t => {
  const folder = await mkdtemp(join(tmpdir(), 'nightshift-zip-'))
  t.after(() => rm(folder, { recursive: true }))
  const source = sourceOfBuffer(
    await archive({ mimetype: 'a', 'é.xml': '<b/>'.repeat(1000), 'c.xml': 'old' }),
  )
  const path = join(folder, 'copy.zip')
  async function* content() {
    yield Buffer.from('ne')
    yield Buffer.from('w')
  }
  await copyArchive(await openArchive(source), source, { path, changed: new Map([['c.xml', content]]) })
  const copy = await readFile(path)
  const parts = Object.entries(await partsOf(copy)).map(([name, bytes]) => [name, String(bytes)])
  assert.deepEqual(parts, [
    ['mimetype', 'a'],
    ['é.xml', '<b/>'.repeat(1000)],
    ['c.xml', 'new'],
  ])
  assert.ok(copy.length < source.size + 10, 'what was packed stays packed')
})
