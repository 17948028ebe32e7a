import assert from 'node:assert/strict'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { openLog } from '#lib/log.ts'
import type { Flags } from '#lib/scan/flags.ts'
import { sourceOfBuffer } from '#lib/scan/source.ts'
import { scan } from '#lib/scan.ts'
import type { ConversionReport } from '#lib/vocabulary/conversion-report.ts'
import type { Note } from '#lib/vocabulary/notes.ts'
import { deck } from '#test/documents/deck.ts'
import { eventfulDeck } from '#test/documents/eventful.ts'
import { OWN_FONT, ownFont } from '#test/documents/font.ts'
import { letter } from '#test/documents/letter.ts'
import { pageCount } from '#test/pdf.ts'
import { until } from '#test/until.ts'
import { openFonts } from '#worker/report/fresh-fonts.ts'
import { draftReport } from '#worker/report.ts'
import type { Sandbox } from '#worker/sandbox.ts'
import { openTestEngine, type TestEngine } from './test-engine.ts'

const log = openLog('test', { level: 'silent', format: 'json' })

/** The fonts that a note is about. */
function namesIn({ details }: Note): readonly string[] {
  return Array.isArray(details.names) ? details.names : []
}

describe('the report of a conversion', () => {
  let own: string
  let testEngine: TestEngine
  let fonts: Awaited<ReturnType<typeof openFonts>>
  let renewals = 0

  before(async () => {
    own = await mkdtemp(join(tmpdir(), 'nightshift-own-fonts-'))
    await chmod(own, 0o755)
    await open('bwrap')
  })
  after(async () => {
    await close()
    await rm(own, { recursive: true })
  })

  async function open(mode: Sandbox['mode']): Promise<void> {
    testEngine = await openTestEngine(mode, { fonts: own })
    await testEngine.engine.start()
    const engine = {
      name: testEngine.engine.name,
      renew: () => testEngine.engine.renew().then(() => renewals++),
    }
    fonts = await openFonts({ ...testEngine, engine, own, log, pollMs: 50 })
  }

  async function close(): Promise<void> {
    fonts.close()
    await testEngine.close()
  }

  /** The report, and what poppler says the PDF is really drawn with. */
  async function convert(
    bytes: Buffer,
    format: string,
    { flags = null, target = 'pdf' }: { flags?: Flags | null; target?: string } = {},
  ): Promise<Omit<ConversionReport, 'seconds'> & { drawn: string; pages: number }> {
    const signal = AbortSignal.timeout(60_000)
    return testEngine.slots.use(async slot => {
      const sourcePath = join(slot, `source.${format}`)
      await writeFile(sourcePath, bytes)
      const source = { format, bytes: bytes.length, sha256: '' }
      const job = { id: 'one', source, flags, target, options: {} }
      const draft = draftReport({ job, sourcePath, signal }, { ...testEngine, fonts, log })
      const onProgress = () => {}
      const conversion = { sourcePath, format, target, directory: slot, signal, onProgress }
      const converted = await testEngine.engine.convert(conversion)
      const path = converted.drawnFrom ?? converted.path
      const inside = testEngine.sandbox.pathInside(slot, path)
      const pages = await pageCount(await readFile(path))
      const { stdout } = await testEngine.sandbox.run(['pdffonts', inside], { slot, signal })
      return { ...(await draft(path, [])), drawn: stdout, pages }
    })
  }
  /** Whether a document in our own font is told to miss it, and whether it is drawn with it. */
  async function lookAtOwn(): Promise<{ isMissing: boolean; isDrawn: boolean }> {
    const { notes, drawn } = await convert(await letter({ font: OWN_FONT }), 'docx')
    const isMissing = notes.some(note => namesIn(note).includes(OWN_FONT))
    return { isMissing, isDrawn: drawn.includes('NightshiftSans') }
  }

  it('names the engine with its version, and changes as fonts are added and removed, and with it the result', async () => {
    for (const [name, code] of [
      ['Calibri', 'font_replaced_same_widths'],
      ['Nowhere Grotesk', 'font_replaced'],
    ] as const)
      for (const [bytes, format] of [
        [await letter({ font: name }), 'docx'],
        [await deck({ font: name }), 'pptx'],
      ] as const) {
        const { engine, notes, drawn } = await convert(bytes, format)
        assert.match(engine, /^LibreOffice \d+\.\d+/)
        const font = notes.find(note => namesIn(note).includes(name))
        assert.equal(font?.code, code, `${name} in ${format}`)
        assert.ok(drawn.includes(String(font?.details.replacedBy).replaceAll(' ', '')), drawn)
      }

    assert.deepEqual(await lookAtOwn(), { isMissing: true, isDrawn: false })
    await writeFile(join(own, 'own.ttf'), await ownFont())
    await until('processes that know the font', () => renewals === 1, 60_000)
    assert.deepEqual(await lookAtOwn(), { isMissing: false, isDrawn: true })
    await rm(join(own, 'own.ttf'))
    await until('processes that do not', () => renewals === 2, 60_000)
    assert.deepEqual(await lookAtOwn(), { isMissing: true, isDrawn: false })
  })

  it('reports what the scan found in a document and what became of it', async () => {
    const bytes = await eventfulDeck()
    const { format, flags } = await scan(sourceOfBuffer(bytes), 'eventful.pptx')
    const report = await convert(bytes, format, { flags })
    assert.deepEqual(
      report.notes.filter(note => namesIn(note).length === 0).map(({ code, count }) => `${code} ${count}`),
      ['linked_content_not_fetched 1', 'media_left_out 1', 'hidden_slides_left_out 1', 'macros_not_run 1'],
    )
    assert.equal(report.pages, 2)
  })

  it('knows the fonts of a picture by the PDF that it was drawn from', async () => {
    const { notes } = await convert(await deck({ font: 'Cambria' }), 'pptx', { target: 'png' })
    assert.deepEqual(notes.flatMap(namesIn), ['Cambria'], 'Calibri, which the theme names, is drawn nowhere')
  })

  it('knows the operator’s own fonts without a sandbox too', async () => {
    await writeFile(join(own, 'own.ttf'), await ownFont())
    await close()
    await open('off')
    assert.deepEqual(await lookAtOwn(), { isMissing: false, isDrawn: true })
  })
})
