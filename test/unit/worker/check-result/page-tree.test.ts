import assert from 'node:assert/strict'
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { smallPdf } from '#test/documents/small-pdf.ts'
import { FileText } from '#worker/check-result/file-text.ts'
import { pagesInTree } from '#worker/check-result/page-tree.ts'

describe('the count of pages in a PDF’s own tree', () => {
  let folder: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nightshift-tree-'))
  })
  after(() => rm(folder, { recursive: true }))

  async function count(content: string | Buffer): Promise<number | undefined> {
    const path = join(folder, 'file.pdf')
    await writeFile(path, content)
    const file = await open(path)
    try {
      return await pagesInTree(await FileText.open(file))
    } finally {
      await file.close()
    }
  }

  it('is found from the end over the table to the root, however many there are', async () => {
    for (const pages of [0, 1, 7, 5000]) assert.equal(await count(smallPdf(pages)), pages)
  })

  it('is not claimed for a file that was cut off, at whatever place', async () => {
    const whole = smallPdf(20)
    for (let length = 0; length < whole.length; length += 7)
      assert.equal(await count(whole.slice(0, length)), undefined, `cut at ${length}`)
  })

  it('is not claimed where the table leads elsewhere', async () => {
    assert.equal(await count(smallPdf(3).replace('2 0 obj', '9 0 obj')), undefined)
    assert.equal(await count(smallPdf(3).replace('/Type/Pages', '/Type/Nodes')), undefined)
    assert.equal(await count(smallPdf(3).replace('/Root 1 0 R', '/Root 999999999 0 R')), undefined)
    assert.equal(await count(smallPdf(3).replace(/startxref\n\d+/, 'startxref\n99999999999')), undefined)
  })

  it('is not claimed for anything else', async () => {
    assert.equal(await count(''), undefined)
    assert.equal(await count('%PDF-1.7\ntrailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF'), undefined)
    assert.equal(await count(Buffer.alloc(100_000, 'startxref ')), undefined)
  })
})
