import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { hintOf, tellingsOf } from '#app/(pages)/live/telling.ts'
import type { ReplacedFont, Report } from '#lib/report.ts'

const QUIET: Report = {
  engine: 'LibreOffice 7.4',
  seconds: { loading: 1, exporting: 1, total: 2 },
  replacedFonts: [],
  repaired: false,
  macros: false,
  linksBlocked: 0,
  hiddenSlidesSkipped: 0,
  mediaLeftOut: 0,
  embeddedFiles: 0,
}
const font = (name: string, replacedBy: string, changes: Partial<ReplacedFont> = {}): ReplacedFont => ({
  name,
  replacedBy,
  metric: false,
  package: null,
  ...changes,
})
const says = (changes: Partial<Report>) =>
  tellingsOf({ ...QUIET, ...changes }).map(({ say, debian }) => (debian ? `${say} [${debian}]` : say))
const carlito = font('Calibri', 'Carlito', { metric: true })

describe('what a report tells', () => {
  it('is nothing where nothing happened', () => {
    assert.deepEqual(says({}), [])
    assert.equal(hintOf(QUIET), null)
    assert.equal(hintOf(null), null)
  })

  it('is which fonts are missing, what was used and what would help', () => {
    assert.deepEqual(says({ replacedFonts: [font('Lato', 'DejaVu Sans', { package: 'fonts-lato' })] }), [
      'Lato is missing on this machine: DejaVu Sans was used. [fonts-lato]',
    ])
    assert.deepEqual(
      says({ replacedFonts: [font('Gotham', 'DejaVu Sans'), font('Avenir', 'DejaVu Sans')] }),
      ['Gotham and Avenir are missing on this machine: DejaVu Sans was used.'],
    )
    const many = Array.from({ length: 20 }, (_, index) => font(`F${index}`, 'DejaVu Sans'))
    assert.match(
      says({ replacedFonts: many })[0] ?? '',
      /^F0, F1, F2, F3, F4, F5, and 14 more fonts are missing/,
    )
  })

  it('is another thing where the replacement has the same widths', () => {
    assert.deepEqual(says({ replacedFonts: [carlito] }), [
      'Calibri was replaced by Carlito, which has the same widths.',
    ])
    assert.deepEqual(says({ replacedFonts: [carlito, font('Arial', 'Liberation Sans', { metric: true })] }), [
      'Calibri was replaced by Carlito and Arial by Liberation Sans, which have the same widths.',
    ])
  })

  it('hints only at fonts that look different', () => {
    assert.equal(hintOf({ ...QUIET, replacedFonts: [carlito] }), null)
    assert.equal(
      hintOf({ ...QUIET, replacedFonts: [carlito, font('Lato', 'DejaVu Sans')] }),
      '1 font replaced',
    )
  })

  it('is what was left out, not followed and not run, what looks different first', () => {
    assert.deepEqual(
      says({
        replacedFonts: [carlito, font('Gotham', 'DejaVu Sans')],
        ...{ repaired: true, macros: true, linksBlocked: 2, hiddenSlidesSkipped: 1 },
        ...{ mediaLeftOut: 2, embeddedFiles: 1 },
      }),
      [
        'Gotham is missing on this machine: DejaVu Sans was used.',
        '1 hidden slide was left out.',
        '2 sounds or films were left out.',
        'The file was damaged and was repaired while it was read. Compare the result with it.',
        '2 links to other files or addresses were not followed.',
        'Macros were not run.',
        'The document carries 1 file inside.',
        'Calibri was replaced by Carlito, which has the same widths.',
      ],
    )
    assert.match(says({ linksBlocked: 1 })[0] ?? '', /^1 link to another file or address was not followed/)
  })
})
