import assert from 'node:assert/strict'
import { it } from 'node:test'
import { exportFilter, importFilter } from '#worker/engines/warm/filters.ts'
import { kindRead } from '#worker/engines/warm/kinds.ts'

it('a format that is opened with a filter of its own is known to be what that filter makes', () => {
  const expected = { pptx: 'presentation', docx: 'text', xlsx: 'spreadsheet', odg: 'drawing' } as const
  for (const [format, kind] of Object.entries(expected)) {
    assert.ok(importFilter(format))
    assert.equal(kindRead(format), kind)
    assert.ok(exportFilter(kind, 'pdf'))
  }
})

it('what LibreOffice opens as it thinks best has to be asked what it is', () => {
  for (const format of ['doc', 'ppt', 'html', 'svg', 'png', 'nonsense'])
    assert.equal(kindRead(format), undefined)
})
