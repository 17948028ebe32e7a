import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { openLog } from '#lib/log.ts'
import type { Flags } from '#lib/scan/flags.ts'
import type { Match } from '#worker/report/fonts.ts'
import { draftReport, type Reporting, type Subject } from '#worker/report.ts'

const FLAGS: Flags = {
  damagedParts: 1,
  recalculate: false,
  macros: true,
  externalLinks: { count: 2, schemes: ['http'] },
  oleObjects: 0,
  hiddenSlides: 3,
  media: 4,
  embeddedFiles: 5,
}
const carlito: Match = { isInstalled: false, fonts: [{ family: 'Carlito', postscript: 'Carlito' }] }
const fonts = { match: async (names: readonly string[]) => new Map(names.map(name => [name, carlito])) }
const NO_FONTCONFIG = { match: () => Promise.reject(new Error('no fontconfig')) }

describe('a report', () => {
  let folder: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nightshift-report-'))
    await writeFile(join(folder, 'source.fodt'), '<style:font-face svg:font-family="Calibri"/>')
    await writeFile(join(folder, 'result.pdf'), '%PDF-1.6 /BaseFont/BAAAAA+Carlito\n')
  })
  after(() => rm(folder, { recursive: true }))

  function report(job: Partial<Subject['job']>, reporting: Partial<Reporting> = {}) {
    const source = { format: 'fodt', bytes: 1, sha256: '' }
    const subject = {
      job: { id: 'one', source, flags: FLAGS, target: 'pdf', options: {}, ...job },
      sourcePath: join(folder, 'source.fodt'),
      signal: new AbortController().signal,
    }
    const log = openLog('test', { level: 'silent', format: 'json' })
    return draftReport(subject, { engine: { name: 'Office 1' }, fonts, log, ...reporting })(
      join(folder, 'result.pdf'),
    )
  }

  it('tells the engine, the fonts and what became of what the scan saw', async () => {
    assert.deepEqual(await report({}), {
      engine: 'Office 1',
      replacedFonts: [{ name: 'Calibri', replacedBy: 'Carlito', metric: true, package: null }],
      repaired: true,
      macros: true,
      linksBlocked: 2,
      hiddenSlidesSkipped: 3,
      mediaLeftOut: 4,
      embeddedFiles: 5,
    })
  })

  it('tells of no slides that were wished for, and of no loss where the result holds everything', async () => {
    assert.equal((await report({ options: { hiddenSlides: true } })).hiddenSlidesSkipped, 0)
    const { hiddenSlidesSkipped, mediaLeftOut, replacedFonts } = await report({ target: 'odt' })
    assert.deepEqual([hiddenSlidesSkipped, mediaLeftOut, replacedFonts], [0, 0, []])
  })

  it('accuses nobody of what nobody looked for', async () => {
    const { macros, repaired, linksBlocked } = await report({ flags: null })
    assert.deepEqual([macros, repaired, linksBlocked], [false, false, 0])
  })

  it('tells the rest where the fonts cannot be known', async () => {
    const { engine, replacedFonts } = await report({}, { fonts: NO_FONTCONFIG })
    assert.deepEqual([engine, replacedFonts], ['Office 1', []])
  })
})
