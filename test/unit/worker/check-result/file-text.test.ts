import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, it } from 'node:test'
import { FileText } from '#worker/check-result/file-text.ts'

let folder: string
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nightshift-text-'))
})
after(() => rm(folder, { recursive: true }))

it('gives any part of a file, of any length and in any order', async () => {
  const bytes = randomBytes(1_000_003)
  const path = join(folder, 'file')
  await writeFile(path, bytes)
  const file = await open(path)
  try {
    const text = await FileText.open(file)
    const starts = [0, 65_530, 131_072, 999_990, 65_530, 700_001, 0, 330_000, 999_000, 1_000_003]
    for (const start of starts)
      for (const length of [0, 1, 20, 4096, 65_536, 65_537, 200_000])
        assert.ok(
          (await text.slice(start, length)) === bytes.toString('latin1', start, start + length),
          `${length} from ${start}`,
        )
  } finally {
    await file.close()
  }
})
