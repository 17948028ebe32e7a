import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { openLog } from '#lib/log.ts'
import { deck } from '#test/documents/deck.ts'
import { SCRIPTS, scriptPages } from '#test/documents/sample-scripts.ts'
import { sheet } from '#test/documents/sheet.ts'
import { drawsColour } from '#worker/engines/colour-fonts.ts'
import { type MachineFonts, openFonts } from '#worker/report/fresh-fonts.ts'
import { draftReport } from '#worker/report.ts'
import { writeFontRule } from '#worker/sandbox/font-rules.ts'
import { saved } from './shown.ts'
import { openTestEngine, type TestEngine, type TestSource } from './test-engine.ts'

const log = openLog('test', { level: 'silent', format: 'json' })
/** None but what Western languages need. */
const FEW = `<selectfont><acceptfont>${['Carlito', 'Liberation Sans', 'Liberation Serif']
  .map(family => `<pattern><patelt name="family"><string>${family}</string></patelt></pattern>`)
  .join(
    '',
  )}</acceptfont><rejectfont><pattern><patelt name="outline"><bool>true</bool></patelt></pattern></rejectfont></selectfont>`

const TEXT_FILTERS = {
  ...{ doc: 'MS Word 97', rtf: 'Rich Text Format', odt: 'writer8' },
  fodt: 'OpenDocument Text Flat XML',
}

/** What is told where the fonts of FEW are missing: of which script, how many, and which package brings them. */
type Told = [script: string, count: number, debian: string | undefined]

class Machine {
  bench!: TestEngine
  fonts!: MachineFonts

  async open(rule?: string): Promise<void> {
    this.bench = await openTestEngine('bwrap')
    if (rule) await writeFontRule(this.bench.scratchDir, '90-few', rule)
    await this.bench.engine.start()
    this.fonts = await openFonts({ ...this.bench, own: undefined, log })
  }

  async close(): Promise<void> {
    this.fonts.close()
    await this.bench.close()
  }

  told({ bytes, format }: TestSource, target = 'pdf'): Promise<Told[]> {
    const signal = AbortSignal.timeout(60_000)
    return this.bench.slots.use(async slot => {
      const sourcePath = join(slot, `source.${format}`)
      await writeFile(sourcePath, bytes)
      const source = { format, bytes: bytes.length, sha256: '' }
      const job = { id: 'one', source, flags: null, target, options: {} }
      const draft = draftReport({ job, sourcePath, signal }, { ...this.bench, fonts: this.fonts, log })
      const place = { sourcePath, format, target, directory: slot, signal, onProgress: () => {} }
      const converted = await this.bench.engine.convert(place)
      const { notes } = await draft(converted.drawnFrom ?? converted.path, [])
      return notes
        .filter(({ code }) => code === 'characters_missing')
        .map(({ count, details }) => [String(details.script), count, details.package as string | undefined])
    })
  }
}

const text = (script: keyof typeof SCRIPTS) => SCRIPTS[script]?.[0] ?? ''
/** As many as Unicode counts, without spaces. */
const lengthOf = (...scripts: string[]) =>
  [
    ...scripts
      .map(text)
      .join('')
      .replace(/[\s\u200d]/g, ''),
  ].length

describe('characters that no font of the machine has', () => {
  const few = new Machine()
  const machine = new Machine()
  before(async () => {
    await Promise.all([few.open(FEW), machine.open()])
  })
  after(async () => {
    await few.close()
    await machine.close()
  })

  it('are counted by script, with the package that brings a font for it', async () => {
    const docx = await scriptPages(Object.values(SCRIPTS).map(([words]) => [words]))
    const told = new Map((await few.told({ bytes: docx, format: 'docx' })).map(note => [note[0], note]))
    for (const script of ['Devanagari', 'Bengali', 'Gurmukhi', 'Gujarati', 'Tamil', 'Telugu', 'Kannada'])
      assert.deepEqual(told.get(script), [script, lengthOf(script), 'fonts-noto-ui-core'])
    for (const script of ['Malayalam', 'Sinhala', 'Thai', 'Lao', 'Khmer', 'Myanmar'])
      assert.deepEqual(told.get(script), [script, lengthOf(script), 'fonts-noto-ui-core'])
    assert.deepEqual(told.get('Oriya'), ['Oriya', lengthOf('Odia'), 'fonts-noto-ui-core'])
    assert.deepEqual(told.get('Arabic'), ['Arabic', lengthOf('Arabic', 'Urdu'), 'fonts-noto-ui-core'])
    for (const script of ['Han', 'Hangul'])
      assert.deepEqual(told.get(script), [script, lengthOf(script), 'fonts-noto-cjk'])
    for (const script of ['Armenian', 'Georgian'])
      assert.deepEqual(told.get(script), [script, lengthOf(script), 'fonts-dejavu'])
    assert.deepEqual(told.get('emoji'), ['emoji', lengthOf('Emoji'), 'fonts-symbola'])
    for (const script of ['Latin', 'Greek', 'Cyrillic']) assert.equal(told.get(script), undefined)
    assert.deepEqual(await machine.told({ bytes: docx, format: 'docx' }), [])
  })

  it('are found in every kind of source, and in the pages of a picture alone', async () => {
    const words = `${text('Tamil')} ${text('Thai')}`
    const expected: Told[] = [
      ['Tamil', lengthOf('Tamil'), 'fonts-noto-ui-core'],
      ['Thai', lengthOf('Thai'), 'fonts-noto-ui-core'],
    ]
    const docx = await scriptPages([[words], [text('Khmer')]])
    for (const [source, filters] of [
      [{ bytes: await scriptPages([[words]]), format: 'docx' }, TEXT_FILTERS],
      [
        { bytes: await sheet({ rows: 1, title: words }), format: 'xlsx' },
        { xls: 'MS Excel 97', ods: 'calc8' },
      ],
      [
        { bytes: await deck({ slides: 1, title: words }), format: 'pptx' },
        { ppt: 'MS PowerPoint 97', odp: 'impress8' },
      ],
    ] as const)
      for (const [format, bytes] of [
        [source.format, source.bytes] as const,
        ...(await saved(source, filters)),
      ])
        assert.deepEqual(await few.told({ bytes, format }), expected, format)
    for (const [format, bytes] of [
      ['csv', `a,${words}\nb,c\n`],
      ['txt', Buffer.from(`\ufeff${words}`, 'utf16le')],
      ['html', `<html><body><p title="${text('Lao')}">${words}</p></body></html>`],
    ] as const)
      assert.deepEqual(await few.told({ bytes, format }), expected, format)
    assert.deepEqual(await few.told({ bytes: docx, format: 'docx' }, 'png'), expected)
  })

  it('are told with what helps beside the fonts that are there, and never where nothing is drawn', async () => {
    const told = async (words: string) =>
      machine.told({ bytes: await scriptPages([[words]]), format: 'docx' })
    assert.deepEqual(await told('བོད་སྐད'), [['Tibetan', 7, 'fonts-noto-core']])
    const newer = drawsColour(machine.bench.engine.name) ? 'fonts-noto-color-emoji' : 'fonts-unifont'
    assert.deepEqual(await told('🥳 and 🚀'), [['emoji', 1, newer]])
    assert.deepEqual(await told('\u{13000}'), [['Egyptian Hieroglyphs', 1, undefined]])
    assert.deepEqual(await told('a\uf0e0b\u200dc\ufe0fd\u00ade\u2060f\u3000g ḿ'), [])
  })
})
