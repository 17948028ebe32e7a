import assert from 'node:assert/strict'
import { it } from 'node:test'
import { isShort } from '#worker/engines/warm/first-picture.ts'

it('draws the picture after the export only for a PDF that loaded fast or is known to take no longer', () => {
  assert.ok(isShort({ target: 'pdf' }, 60))
  assert.ok(isShort({ target: 'pdfa-2b', expectedSeconds: 0.3 }, 400))
  assert.ok(!isShort({ target: 'pdf', expectedSeconds: 4 }, 60))
  assert.ok(!isShort({ target: 'pdf', expectedSeconds: 0.3 }, 4000))
  assert.ok(!isShort({ target: 'pdf' }, 400))
  assert.ok(!isShort({ target: 'docx' }, 60))
})
