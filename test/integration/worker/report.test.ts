import assert from 'node:assert/strict'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import { openLog } from '#lib/log.ts'
import type { ReplacedFont, Report } from '#lib/report.ts'
import { deck } from '#test/documents/deck.ts'
import { OWN_FONT, ownFont } from '#test/documents/font.ts'
import { letter } from '#test/documents/letter.ts'
import { until } from '#test/until.ts'
import { openFonts } from '#worker/report/fresh-fonts.ts'
import { draftReport } from '#worker/report.ts'
import { type Bench, openBench } from './bench.ts'

const log = openLog('test', { level: 'silent', format: 'json' })

for (const mode of ['bwrap', 'off'] as const)
  describe(`the report of a conversion with SANDBOX=${mode}`, () => {
    let bench: Bench
    let own: string
    let fonts: Awaited<ReturnType<typeof openFonts>>

    before(async () => {
      own = await mkdtemp(join(tmpdir(), 'nightshift-own-fonts-'))
      await chmod(own, 0o755)
      bench = await openBench(mode, { fonts: own })
      await bench.engine.start()
      fonts = await openFonts({ ...bench, own, log, lookEveryMs: 50 })
    })
    after(async () => {
      fonts.close()
      await bench.close()
      await rm(own, { recursive: true })
    })

    /** The report, and what poppler says the PDF is really drawn with. */
    async function convert(
      bytes: Buffer,
      format: string,
    ): Promise<Omit<Report, 'seconds'> & { drawn: string }> {
      const signal = AbortSignal.timeout(60_000)
      return bench.slots.use(async slot => {
        const sourcePath = join(slot, `source.${format}`)
        await writeFile(sourcePath, bytes)
        const source = { format, bytes: bytes.length, sha256: '' }
        const job = { id: 'one', source, flags: null, target: 'pdf', options: {} }
        const draft = draftReport({ job, sourcePath, signal }, { ...bench, fonts, log })
        const onProgress = () => {}
        const conversion = { sourcePath, format, target: 'pdf', directory: slot, signal, onProgress }
        const { path } = await bench.engine.convert(conversion)
        const inside = bench.sandbox.pathInside(slot, path)
        const { stdout } = await bench.sandbox.run(['pdffonts', inside], { slot, signal })
        return { ...(await draft(path)), drawn: stdout }
      })
    }
    const told = (fonts: ReplacedFont[], name: string) => fonts.find(font => font.name === name)

    it('names the engine with its version, and the fonts that the PDF is really drawn with', async () => {
      for (const [name, metric] of [
        ['Calibri', true],
        ['Nowhere Grotesk', false],
      ] as const)
        for (const [bytes, format] of [
          [await letter({ font: name }), 'docx'],
          [await deck({ font: name }), 'pptx'],
        ] as const) {
          const { engine, replacedFonts, drawn } = await convert(bytes, format)
          assert.match(engine, /^LibreOffice \d+\.\d+/)
          const font = told(replacedFonts, name)
          assert.equal(font?.metric, metric, `${name} in ${format}`)
          assert.ok(drawn.includes(font?.replacedBy.replaceAll(' ', '') ?? '?'), drawn)
        }
    })

    it('changes when a font is added and when it is removed, and so does the result', async () => {
      const document = await letter({ font: OWN_FONT })
      /** What the report says and what the PDF shows. In between, LibreOffice still knows what it knew at its start. */
      const look = async () => {
        const { replacedFonts, drawn } = await convert(document, 'docx')
        const isMissing = told(replacedFonts, OWN_FONT) !== undefined
        return { isMissing, isDrawn: drawn.includes('NightshiftSans') }
      }
      const missing = { isMissing: true, isDrawn: false }
      const there = { isMissing: false, isDrawn: true }
      const becomes = (expected: typeof missing) =>
        until(JSON.stringify(expected), async () => isDeepStrictEqual(await look(), expected), 30_000)
      assert.deepEqual(await look(), missing)
      await writeFile(join(own, 'own.ttf'), await ownFont())
      await becomes(there)
      await rm(join(own, 'own.ttf'))
      await becomes(missing)
    })
  })
