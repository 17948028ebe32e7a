import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { openLog } from '#lib/log.ts'
import { addNote, type Flags, noFlags } from '#lib/scan/flags.ts'
import { type Note, note } from '#lib/vocabulary/notes.ts'
import type { Match } from '#worker/report/fonts.ts'
import type { CharacterTally } from '#worker/report/missing-characters/tally.ts'
import { draftReport, type Reporting, type Subject } from '#worker/report.ts'
import { fonts as noFonts } from './simple-engines.ts'

const FLAGS: Flags = {
  damagedParts: 1,
  recalculate: false,
  macros: true,
  externalLinks: { count: 2, schemes: ['http'] },
  oleObjects: 0,
  hiddenSlides: 3,
  media: 4,
  embeddedFiles: 5,
  links: 6,
}
const carlito: Match = { isInstalled: false, fonts: [{ family: 'Carlito', postscript: 'Carlito' }] }
const fonts = {
  match: async (names: readonly string[]) => new Map(names.map(name => [name, carlito])),
  missing: async (tally: CharacterTally) =>
    [...tally].map(([, count]) => note('characters_missing', { count })),
  missingIn: async (): Promise<Note[]> => [],
}

describe('a report', () => {
  let folder: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nightshift-report-'))
    await writeFile(join(folder, 'source.fodt'), '<style:font-face svg:font-family="Calibri"/>')
    await writeFile(join(folder, 'source.txt'), 'ཀཀa')
    await writeFile(join(folder, 'source.doc'), '\xd0\xcf')
    await writeFile(join(folder, 'result.pdf'), '%PDF-1.6 /BaseFont/BAAAAA+Carlito\n')
  })
  after(() => rm(folder, { recursive: true }))

  function report(
    job: Partial<Subject['job']>,
    reporting: Partial<Reporting> = {},
    told: readonly Note[] = [],
  ) {
    const source = { format: 'fodt', bytes: 1, sha256: '' }
    const subject = {
      job: { id: 'one', source, flags: FLAGS, target: 'pdf', options: {}, ...job },
      sourcePath: join(folder, `source.${job.source?.format ?? 'fodt'}`),
      signal: new AbortController().signal,
    }
    const log = openLog('test', { level: 'silent', format: 'json' })
    const draft = draftReport(subject, { engine: { name: 'Office 1' }, fonts, log, ...reporting })
    return draft(join(folder, 'result.pdf'), told)
  }
  const codes = async (...args: Parameters<typeof report>) =>
    (await report(...args)).notes.map(({ code, count }) => `${code} ${count}`)

  it('reports the engine, the fonts and what became of the scan’s findings, worst first', async () => {
    const { engine, notes } = await report({})
    assert.equal(engine, 'Office 1')
    assert.deepEqual(notes.at(-1), {
      code: 'font_replaced_same_widths',
      count: 1,
      details: { names: ['Calibri'], replacedBy: 'Carlito' },
      severity: 'info',
    })
    assert.deepEqual(await codes({}), [
      'linked_content_not_fetched 2',
      'media_left_out 4',
      'repaired 1',
      'hidden_slides_left_out 3',
      'macros_not_run 1',
      'embedded_files_left_out 5',
      'links_held 6',
      'font_replaced_same_widths 1',
    ])
  })

  it('tells of no slides that were asked for, and of no loss where the result holds everything', async () => {
    assert.ok(!(await codes({ options: { hiddenSlides: true } })).includes('hidden_slides_left_out 3'))
    assert.deepEqual(await codes({ target: 'odt' }), [
      'linked_content_not_fetched 2',
      'repaired 1',
      'macros_not_run 1',
      'links_held 6',
    ])
  })

  it('does not claim that links can be clicked on in a picture, a text or a table of text', async () => {
    for (const target of ['png', 'txt', 'csv']) {
      const links = (await codes({ target })).filter(code => code.startsWith('links'))
      assert.deepEqual(links, ['links_not_clickable 6'], target)
    }
  })

  it('counts comments where they are left out', async () => {
    const flags = { ...noFlags(), comments: 2 }
    for (const [target, isTold] of [
      ['pdf', true],
      ['txt', true],
      ['csv', true],
      ['odt', false],
    ] as const)
      assert.deepEqual(await codes({ flags, target }), [
        ...(isTold ? ['comments_left_out 2'] : []),
        ...(target === 'pdf' ? ['font_replaced_same_widths 1'] : []),
      ])
    assert.ok(!(await codes({ flags, options: { comments: 'annotations' } })).includes('comments_left_out 2'))
  })

  it('accuses nobody of what nobody looked for', async () => {
    assert.deepEqual(await codes({ flags: null, target: 'odt' }), [])
  })

  it('adds what the engine and the scan noted', async () => {
    const flags = noFlags()
    addNote(flags, note('media_left_out', { count: 2 }))
    addNote(flags, note('media_left_out'))
    const heard = [note('linked_content_not_fetched'), note('media_left_out')]
    assert.deepEqual(await codes({ flags, target: 'odt' }, {}, heard), [
      'linked_content_not_fetched 1',
      'media_left_out 4',
    ])
  })

  it('counts characters that no font has in the source and in the result, whichever shows more', async () => {
    const missing = async (shown: number, job: Partial<Subject['job']>) => {
      const missingIn = async () => [note('characters_missing', { count: shown })]
      const told = await codes({ flags: noFlags(), ...job }, { fonts: { ...fonts, missingIn } })
      return told.filter(code => code.startsWith('characters'))
    }
    const source = { format: 'txt', bytes: 1, sha256: '' }
    const unread = { ...source, format: 'doc' }
    assert.deepEqual(await missing(0, { source }), ['characters_missing 2'])
    assert.deepEqual(await missing(1, { source }), ['characters_missing 2'])
    assert.deepEqual(await missing(9, { source }), ['characters_missing 9'])
    assert.deepEqual(await missing(1, { source: unread }), ['characters_missing 1'])
    assert.deepEqual(await missing(1, { source, options: { pages: '1' } }), ['characters_missing 1'])
    assert.deepEqual(await missing(1, { source, target: 'png' }), ['characters_missing 1'])
    assert.deepEqual(await missing(1, { source, target: 'odt' }), [])
    assert.deepEqual(await missing(1, { source: unread, target: 'txt' }), [])
  })

  it('reports the rest where the fonts cannot be read', async () => {
    assert.ok((await codes({}, { fonts: noFonts })).includes('media_left_out 4'))
    assert.ok(!(await codes({}, { fonts: noFonts })).join().includes('font_'))
  })
})
