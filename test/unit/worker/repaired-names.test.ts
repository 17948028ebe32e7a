import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { it } from 'node:test'
import { partsOf } from '#test/documents/archive.ts'
import { rawZip } from '#test/documents/raw-zip.ts'
import { repairNames } from '#worker/repaired-names.ts'

it('names with backslashes are repaired in a zip, and nothing else of it', async t => {
  const folder = await mkdtemp(join(tmpdir(), 'nightshift-test-'))
  t.after(() => rm(folder, { recursive: true }))
  const path = join(folder, 'source.docx')
  const content = Buffer.from('C:\\a\\b '.repeat(100))
  const zip = rawZip([
    { name: 'word\\media\\a.txt', content, stored: true },
    { name: 'plain.txt', content },
  ])
  const behind = Buffer.from('what a careless sender leaves behind it')
  await writeFile(path, Buffer.concat([zip, behind]))
  await repairNames(path)
  const repaired = await readFile(path)
  assert.equal(repaired.length, zip.length + behind.length)
  const parts = await partsOf(repaired.subarray(0, zip.length))
  assert.deepEqual(parts, { 'word/media/a.txt': content, 'plain.txt': content })
})
