import assert from 'node:assert/strict'
import { it } from 'node:test'
import { hasKnownText, knownDocument } from '#lib/maintenance/self-check/known-document.ts'

const TEXT = [
  'Nightshift converts: Zwölf Boxkämpfer & 3 < 5',
  'Съешь же ещё этих мягких булок',
  'Ξεσκεπάζω την ψυχοφθόρα βδελυγμία',
]

it('knows its text however its lines are broken and its accents are written', () => {
  assert.ok(hasKnownText(TEXT.join('\n')))
  assert.ok(hasKnownText(`${TEXT.join(' ').replaceAll(' ', '\n')}\f`.normalize('NFD')))
})

it('misses each letter that is gone, replaced or added', () => {
  const whole = TEXT.join('\n')
  for (const wrong of [whole.slice(1), whole.replace('ö', 'o'), whole.replace('ψ', '□'), `${whole}!`, ''])
    assert.equal(hasKnownText(wrong), false, wrong)
})

it('has the same bytes each time, which are the key of its job', () => {
  assert.deepEqual(knownDocument(), knownDocument())
})
