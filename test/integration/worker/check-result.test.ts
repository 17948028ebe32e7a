import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { AppError } from '#lib/vocabulary/errors.ts'
import type { Options } from '#lib/vocabulary/job.ts'
import { archive } from '#test/documents/archive.ts'
import { deck } from '#test/documents/deck.ts'
import { letter } from '#test/documents/letter.ts'
import { picture } from '#test/documents/sample-picture.ts'
import { sheet } from '#test/documents/sheet.ts'
import { smallPdf } from '#test/documents/small-pdf.ts'
import { checkResult } from '#worker/check-result.ts'
import { openTestEngine, type TestEngine } from './test-engine.ts'

describe('the check of a result', () => {
  let testEngine: TestEngine
  before(async () => {
    testEngine = await openTestEngine('bwrap', { engine: 'spawn' })
  })
  after(() => testEngine.close())

  function check(make: (path: string) => unknown, exported?: number): Promise<number | null> {
    return testEngine.slots.use(async slot => {
      const path = join(slot, 'result.pdf')
      await make(path)
      const signal = AbortSignal.timeout(20_000)
      return checkResult({ path, target: 'pdf', exported, slot, signal }, testEngine.sandbox)
    })
  }
  const isBad = (reason: RegExp) => (error: AppError) => {
    assert.equal(error.code, 'bad_result')
    assert.match(error.message, reason)
    return true
  }

  it('counts the pages of a PDF', async () => {
    assert.equal(await check(path => writeFile(path, smallPdf(7))), 7)
  })

  it('takes the engine’s word only where the file says the same', async () => {
    assert.equal(await check(path => writeFile(path, smallPdf(7)), 7), 7)
    // Hidden slides are counted by the engine and not printed.
    assert.equal(await check(path => writeFile(path, smallPdf(5)), 7), 5)
    await assert.rejects(
      check(path => writeFile(path, smallPdf(7)), 5),
      isBad(/7 pages, though 5 were exported/),
    )
    await assert.rejects(
      check(path => writeFile(path, smallPdf(7).slice(0, 300)), 7),
      isBad(/pdfinfo ended with/),
    )
  })

  it('refuses a result without pages', async () => {
    await assert.rejects(
      check(path => writeFile(path, smallPdf(0))),
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

  const other = (target: string, content: string | Buffer, options?: Options) =>
    testEngine.slots.use(async slot => {
      const path = join(slot, 'result')
      await writeFile(path, content)
      const signal = AbortSignal.timeout(20_000)
      return checkResult({ path, target, options, exported: 2, slot, signal }, testEngine.sandbox)
    })

  it('knows every target by what is in the file, and takes none for another', async () => {
    const png = await picture(2, 2)
    const several = { pages: 'all' }
    const good: [target: string, content: string | Buffer, options?: Options][] = [
      ['png', png],
      ['svg', '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"></svg>'],
      ['png', await archive({ 'page-01.png': png, 'page-02.png': png }), several],
      ['docx', await letter()],
      ['xlsx', await sheet()],
      ['pptx', await deck()],
      ['rtf', '{\\rtf1 x}'],
      ['html', '<!DOCTYPE html><p>x'],
      ['txt', 'x'],
    ]
    for (const [target, content, options] of good) await other(target, content, options)
    const bad: typeof good = [
      ['png', 'GIF89a'],
      ['svg', '<html><svg>'],
      ['png', await archive({ 'page-01.png': png }), several],
      ['png', await archive({ 'page-01.png': png, 'notes.txt': 'x' }), several],
      ['png', png, several],
      ['docx', await sheet()],
      ['odt', 'PK'],
      ['xlsx', await archive({ 'a.txt': 'x' })],
      ['rtf', 'x'],
      ['html', ''],
      ['txt', ''],
    ]
    for (const [target, content, options] of bad)
      await assert.rejects(other(target, content, options), { code: 'bad_result' }, target)
  })

  it('follows no link out of the slot, and waits for no pipe', async () => {
    await writeFile(join(testEngine.scratchDir, 'elsewhere.pdf'), smallPdf(1))
    await assert.rejects(
      check(path => symlink(join(testEngine.scratchDir, 'elsewhere.pdf'), path)),
      isBad(/not a regular file/),
    )
    await assert.rejects(
      check(path => execFileSync('mkfifo', [path])),
      isBad(/not a regular file/),
    )
  })
})
