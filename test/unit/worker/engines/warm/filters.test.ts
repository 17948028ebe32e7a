import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { exportFilter, importFilter } from '#worker/engines/warm/filters.ts'

describe('the filters', () => {
  it('hold every format to itself of which LibreOffice has one reader', () => {
    assert.equal(importFilter('pptx'), 'Impress MS PowerPoint 2007 XML')
    assert.equal(importFilter('fodp'), 'OpenDocument Presentation Flat XML')
    for (const old of ['ppt', 'doc', 'xls']) assert.equal(importFilter(old), undefined)
  })

  it('write no document of a kind that nobody can print', () => {
    assert.equal(exportFilter('presentation', 'pdf'), 'impress_pdf_Export')
    assert.equal(exportFilter('other', 'pdf'), undefined)
    assert.equal(exportFilter('text', 'exe'), undefined)
  })
})
