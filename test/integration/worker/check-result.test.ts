import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { AppError } from '#lib/errors.ts'
import { checkResult } from '#worker/check-result.ts'
import { type Bench, openBench } from './bench.ts'

/** The smallest PDF with so many pages that poppler reads without a word. */
function pdf(pages: number): string {
  const kids = Array.from({ length: pages }, (_, index) => `${index + 3} 0 R`).join(' ')
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    `<</Type/Pages/Count ${pages}/Kids[${kids}]>>`,
    ...Array.from({ length: pages }, () => '<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>'),
  ]
  let text = '%PDF-1.4\n'
  const offsets = objects.map((object, index) => {
    const offset = text.length
    text += `${index + 1} 0 obj${object}endobj\n`
    return `${String(offset).padStart(10, '0')} 00000 n \n`
  })
  const size = objects.length + 1
  return `${text}xref\n0 ${size}\n0000000000 65535 f \n${offsets.join('')}trailer<</Size ${size}/Root 1 0 R>>\nstartxref\n${text.length}\n%%EOF`
}

describe('the check of a result', () => {
  let bench: Bench
  before(async () => {
    bench = await openBench('bwrap')
  })
  after(() => bench.close())

  function check(make: (path: string) => unknown): Promise<number> {
    return bench.slots.use(async slot => {
      const path = join(slot, 'result.pdf')
      await make(path)
      const signal = AbortSignal.timeout(20_000)
      return checkResult({ path, target: 'pdf', slot, signal }, bench.sandbox)
    })
  }
  const isBad = (reason: RegExp) => (error: AppError) => {
    assert.equal(error.code, 'bad_result')
    assert.match(error.message, reason)
    return true
  }

  it('counts the pages of a PDF', async () => {
    assert.equal(await check(path => writeFile(path, pdf(7))), 7)
  })

  it('refuses a result without pages', async () => {
    await assert.rejects(
      check(path => writeFile(path, pdf(0))),
      isBad(/0 pages/),
    )
  })

  it('refuses what only begins like a PDF', async () => {
    await assert.rejects(
      check(path => writeFile(path, '%PDF-1.7\nand then nothing')),
      isBad(/pdfinfo ended with 1/),
    )
  })

  it('refuses anything else, and a result that is not there', async () => {
    await assert.rejects(
      check(path => writeFile(path, 'PK\u0003\u0004')),
      isBad(/begins with "PK/),
    )
    await assert.rejects(
      check(() => undefined),
      isBad(/not a regular file/),
    )
  })

  it('follows no link out of the slot, and waits for no pipe', async () => {
    await writeFile(join(bench.workshop, 'elsewhere.pdf'), pdf(1))
    await assert.rejects(
      check(path => symlink(join(bench.workshop, 'elsewhere.pdf'), path)),
      isBad(/not a regular file/),
    )
    await assert.rejects(
      check(path => execFileSync('mkfifo', [path])),
      isBad(/not a regular file/),
    )
  })
})
