import assert from 'node:assert/strict'
import { it } from 'node:test'
import { SOURCES } from '#lib/vocabulary/formats.ts'
import { usualLoadShare } from '#worker/load-share.ts'

it('every format has a share for loading that leaves room for both phases', () => {
  for (const format of [...SOURCES.keys(), 'unheard-of']) {
    const share = usualLoadShare(format)
    assert.ok(share >= 0.1 && share <= 0.9, `${format} ${share}`)
  }
  assert.notEqual(usualLoadShare('odp'), usualLoadShare('rtf'))
})
