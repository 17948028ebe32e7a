import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readReport } from '#lib/jobs/stores/postgres-store/stored-report.ts'
import { note } from '#lib/vocabulary/notes.ts'

const ran = { engine: 'LibreOffice 7.4', seconds: { loading: 0.5, exporting: null, total: 1.2 } }

describe('a stored report', () => {
  it('is read as it was written', () => {
    const report = { ...ran, notes: [note('media_left_out', { count: 2 })] }
    assert.deepEqual(readReport(report), report)
    assert.equal(readReport(null), null)
  })

  it('of a version before notes becomes notes', () => {
    const old = {
      ...ran,
      replacedFonts: [
        { name: 'Calibri', replacedBy: 'Carlito', metric: true, package: null },
        { name: 'Lato', replacedBy: 'DejaVu Sans', metric: false, package: 'fonts-lato' },
      ],
      ...{ repaired: true, macros: true, linksBlocked: 2 },
      ...{ hiddenSlidesSkipped: 1, mediaLeftOut: 3, embeddedFiles: 4 },
    }
    const lato = { names: ['Lato'], replacedBy: 'DejaVu Sans', package: 'fonts-lato' }
    assert.deepEqual(readReport(old), {
      ...ran,
      notes: [
        note('linked_content_not_fetched', { count: 2 }),
        note('media_left_out', { count: 3 }),
        note('repaired'),
        note('font_replaced', { details: lato }),
        note('hidden_slides_left_out'),
        note('macros_not_run'),
        note('embedded_files_left_out', { count: 4 }),
        note('font_replaced_same_widths', { details: { names: ['Calibri'], replacedBy: 'Carlito' } }),
      ],
    })
  })

  it('of a version before notes may have had nothing to tell', () => {
    const quiet = { ...ran, replacedFonts: [], repaired: false, macros: false, linksBlocked: 0 }
    const rest = { hiddenSlidesSkipped: 0, mediaLeftOut: 0, embeddedFiles: 0 }
    assert.deepEqual(readReport({ ...quiet, ...rest }), { ...ran, notes: [] })
  })
})
