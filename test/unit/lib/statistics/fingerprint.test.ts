import assert from 'node:assert/strict'
import { it } from 'node:test'
import { failureFingerprint, fingerprint } from '#lib/statistics/fingerprint.ts'

it('takes out what differs from file to file: numbers, paths, hexadecimal and quoted names', () => {
  const alike = [
    ['page 3 of 120 is broken', 'page 17 of 20 is broken'],
    ['cannot read /tmp/slot-1/a.docx: gone', 'cannot read C:\\files\\b.docx: gone'],
    ['crash at 0x7ffe12ab in soffice', 'crash at 0x55d0 in soffice'],
    ['the part “word/media/a.png” is missing', 'the part "x" is missing'],
    ['job 1f0e9a2c-11d2-4c3a-9a00-001122334455 failed', 'job ab0e9a2c-11d2-4c3a-9a00-aa1122334455 failed'],
  ]
  for (const [one = '', other = ''] of alike) assert.equal(fingerprint(one), fingerprint(other))
  assert.notEqual(fingerprint('page 3 is broken'), fingerprint('sheet 3 is broken'))
  assert.equal(fingerprint(`${'word '.repeat(100)}`).length <= 200, true)
})

it('is of the texts of the details and of the log: a size says nothing of a kind', () => {
  const of = (details: object, log: string | null = null) =>
    failureFingerprint({ details: JSON.stringify(details), log })
  assert.equal(of({ limit: 5, reason: 'page 3' }), of({ limit: 7, reason: 'page 4' }))
  assert.equal(of({}), '')
  assert.equal(of({}, 'engine_crashed: signal 11 in slot 2'), 'engine_crashed: signal # in slot #')
  assert.notEqual(of({ reason: 'a' }, 'x'), of({ reason: 'a' }, 'y'))
})
