import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { promisify } from 'node:util'
import { isRightPassword } from '#lib/password.ts'
import { sourceOfBuffer } from '#lib/scan/source.ts'
import { partsOf } from '#test/documents/archive.ts'
import { spoiled } from '#test/documents/broken.ts'
import { deck } from '#test/documents/deck.ts'
import { letter } from '#test/documents/letter.ts'
import { locked } from '#test/documents/locked.ts'
import { lockedAs2007 } from '#test/documents/locked-standard.ts'
import { lockedText } from '#test/documents/locked-text.ts'
import { heldAs, quarters } from '#test/documents/sample-picture.ts'
import { sheet } from '#test/documents/sheet.ts'
import { smallPdf } from '#test/documents/small-pdf.ts'
import { isOwners, pdfFacts } from '#test/pdf.ts'
import { fontsInPdf } from '#worker/report/result-fonts.ts'
import { make, openTestEngine, type TestEngine, type TestSource } from '../test-engine.ts'
import { withPassword } from './with-password.ts'

const run = promisify(execFile)

let bench: TestEngine
before(async () => {
  bench = await openTestEngine('bwrap')
  await bench.engine.start()
})
after(() => bench.close())

const letterBytes = await letter()

async function pdfOf(options: Record<string, unknown>, source?: TestSource): Promise<Buffer> {
  return (await make(bench, source ?? { bytes: letterBytes, format: 'docx' }, { target: 'pdf', options }))
    .bytes
}

describe('the password of a file', () => {
  const opens = async (source: TestSource) => {
    assert.equal((await pdfFacts(await pdfOf({ password: 'open sesame' }, source))).Pages, '1', source.format)
    await assert.rejects(pdfOf({ password: 'wrong' }, source), {
      code: 'wrong_password',
      message: /does not open the file/,
    })
  }

  it('opens documents of Office that are locked, a wrong one does not', async () => {
    const sources = [
      { bytes: await deck({ slides: 1 }), format: 'pptx' },
      { bytes: letterBytes, format: 'docx' },
      { bytes: await sheet(), format: 'xlsx' },
    ]
    for (const { bytes, format } of sources) await opens({ bytes: locked(bytes, 'open sesame'), format })
  })

  it('opens OpenDocument and old documents of Office that are locked, a wrong one does not', async () => {
    for (const source of await withPassword('open sesame')) {
      await opens(source)
      const bytes = Buffer.from(source.bytes)
      const isRight = (password: string) => isRightPassword(sourceOfBuffer(bytes), password)
      const told = (await tellsNothing(source)) ? [undefined, undefined] : [true, false]
      assert.deepEqual([await isRight('open sesame'), await isRight('wrong')], told, source.format)
    }
  })

  it('is not called wrong where it is right and what it locks is damaged', async () => {
    const longer = await deck({ slides: 10 })
    const [pptx, odt] = [locked(longer, 'open sesame'), lockedText('open sesame')]
    const sources = [
      { format: 'pptx', whole: pptx, damaged: spoiled(pptx) },
      { format: 'odt', whole: odt, damaged: spoiled(odt) },
      {
        format: 'pptx',
        whole: lockedAs2007(longer, 'open sesame'),
        // Nothing guards its bytes: LibreOffice takes what is left of a presentation, so nothing must be.
        damaged: lockedAs2007(Buffer.alloc(longer.length), 'open sesame'),
      },
    ]
    for (const { format, whole, damaged } of sources) {
      const open = (bytes: Buffer, password: string) => pdfOf({ password }, { bytes, format })
      assert.ok(Number((await pdfFacts(await open(whole, 'open sesame'))).Pages) > 1, format)
      await assert.rejects(open(damaged, 'wrong'), { code: 'wrong_password' })
      await assert.rejects(open(damaged, 'open sesame'), {
        code: 'corrupt_file',
        message: /its password is right, but what it locks cannot be read/,
      })
    }
  })

  it('harms no document that is open anyway', async () => {
    assert.equal((await pdfFacts(await pdfOf({ password: 'whatever' }))).Pages, '1')
  })
})

/** OpenDocument of a newer LibreOffice is locked in one piece, which only opening all of it tries. */
async function tellsNothing({ bytes, format }: TestSource): Promise<boolean> {
  if (!format.startsWith('od')) return false
  return String((await partsOf(Buffer.from(bytes)))['META-INF/manifest.xml']).includes('argon2id')
}

describe('the password of a PDF', () => {
  it('is asked by every reader', async () => {
    const pdf = await pdfOf({ resultPassword: 'Grüße 2026' })
    await assert.rejects(pdfFacts(pdf), /Incorrect password/)
    await assert.rejects(pdfFacts(pdf, 'wrong'), /Incorrect password/)
    for (const password of ['plain 2026', 'Grüße 2026', 'пароль', '--', '@x', '語'.repeat(10)]) {
      const facts = await pdfFacts(await pdfOf({ resultPassword: password }), password)
      assert.match(facts.Encrypted ?? '', /^yes .*algorithm:AES-256/, password)
    }
  })

  it('leaves the open one beside it, by which the report tells of its fonts', async () => {
    const signal = AbortSignal.timeout(60_000)
    const fonts = await bench.slots.use(async slot => {
      const sourcePath = join(slot, 'source.docx')
      await writeFile(sourcePath, letterBytes)
      const converted = await bench.engine.convert({
        ...{ sourcePath, format: 'docx', target: 'pdf', directory: slot, signal, onProgress: () => {} },
        secrets: { resultPassword: 'open sesame' },
      })
      return fontsInPdf(converted.drawnFrom ?? converted.path)
    })
    assert.ok(fonts && fonts.size > 0)
  })

  it('is refused where the encryption would read only a part of it', async () => {
    await assert.rejects(pdfOf({ resultPassword: 'x'.repeat(43) }), { code: 'invalid_option' })
  })

  it('locks what the engine did not count, and a show with hidden slides', async t => {
    const spawned = await openTestEngine('bwrap', { engine: 'spawn' })
    t.after(() => spawned.close())
    await spawned.engine.start()
    const settings = { target: 'pdf', options: { resultPassword: 'open' } }
    const page = await make(spawned, { bytes: letterBytes, format: 'docx' }, settings)
    assert.deepEqual([page.pages, (await pdfFacts(page.bytes, 'open')).Pages], [1, '1'])
    const show = { bytes: await deck({ slides: 3, hidden: [2] }), format: 'pptx' }
    assert.equal((await make(bench, show, settings)).pages, 2)
  })

  it('locks a PDF whose objects are packed, as most programs write them', async () => {
    const [plain, packed] = [join(bench.scratchDir, 'plain.pdf'), join(bench.scratchDir, 'packed.pdf')]
    await writeFile(plain, smallPdf(3))
    await run('qpdf', ['--object-streams=generate', plain, packed])
    const source = { bytes: await readFile(packed), format: 'pdf' }
    const { bytes, pages } = await make(bench, source, {
      target: 'pdf',
      options: { resultPassword: 'open' },
    })
    assert.deepEqual([pages, (await pdfFacts(bytes, 'open')).Pages], [3, '3'])
  })

  it('locks a photograph that was turned, too', async () => {
    const { bytes } = await make(bench, { bytes: quarters(80, 40), format: 'png' }, { target: 'jpg' })
    const source = { bytes: heldAs(6, bytes), format: 'jpg' }
    const facts = await pdfFacts(await pdfOf({ resultPassword: 'open' }, source), 'open')
    assert.match(facts.Encrypted ?? '', /AES-256/)
  })
})

describe('permissions', () => {
  const allowed = async (options: Record<string, unknown>) => (await pdfFacts(await pdfOf(options))).Encrypted

  it('are none but those that were asked for, though everybody may open the PDF', async () => {
    assert.equal(await allowed({}), 'no')
    assert.match((await allowed({ printing: 'none' })) ?? '', /print:no copy:yes change:yes/)
    assert.match((await allowed({ changes: false })) ?? '', /print:yes copy:yes change:no addNotes:no/)
    assert.match((await allowed({ copying: false })) ?? '', /print:yes copy:no change:yes/)
  })

  it('let print coarsely or well', async () => {
    // Bit 12 of the permissions: print in the best quality.
    const well = async (printing: string) => {
      const pdf = await pdfOf({ printing, changes: false })
      const bits = Number(/\/P (-?\d+)/.exec(pdf.toString('latin1'))?.[1])
      return (bits & (1 << 11)) !== 0
    }
    assert.deepEqual([await well('low'), await well('high')], [false, true])
  })

  it('are lifted by their own password, and without one by none', async () => {
    const own = await pdfOf({ copying: false, permissionPassword: 'owner' })
    assert.ok(await isOwners(own, 'owner'))
    assert.ok(!(await isOwners(own, 'wrong')))
    assert.ok(!(await isOwners(await pdfOf({ copying: false }), '')))
  })
})
