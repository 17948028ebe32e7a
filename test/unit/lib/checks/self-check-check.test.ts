import assert from 'node:assert/strict'
import { it } from 'node:test'
import { selfCheckCheck } from '#lib/checks/self-check-check.ts'

const AT = Date.parse('2026-11-30T01:00:00Z')
const check = (error: string | null, hoursLater = 1) => {
  const run = { schedule: 'self-check', startedAt: new Date(AT), tookMs: 2_345, error }
  return selfCheckCheck(run, AT + hoursLater * 3_600_000)
}

it('says how long a known document took', () => {
  const { state, found, mend } = check(null)
  assert.deepEqual(
    [state, found, mend],
    ['ok', 'a known document was converted in 2.3 s, at 2026-11-30T01:00:00.000Z', null],
  )
})

it('fails where the text was wrong or the job failed, and warns where it was not done', () => {
  assert.equal(check('wrong_text').state, 'failed')
  const failed = check('engine_crashed')
  assert.deepEqual([failed.state, failed.found.includes('engine_crashed')], ['failed', true])
  const waits = check('not_done')
  assert.deepEqual([waits.state, waits.found.includes('15 minutes')], ['warning', true])
})

it('warns of one that has not run for hours, and does not know of one that never ran', () => {
  assert.equal(check(null, 4).state, 'warning')
  assert.equal(selfCheckCheck(undefined).state, 'unknown')
})
