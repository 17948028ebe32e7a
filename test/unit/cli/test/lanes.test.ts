import assert from 'node:assert/strict'
import { it } from 'node:test'
import { roundsOf } from '#cli/test/lanes.ts'

const UNIT = 'test/unit/lib/config.test.ts'
const CONVERSION = 'test/integration/worker/matrix.test.ts'
const FAULT = 'test/faults/start.test.ts'
const BROWSER = 'test/e2e/convert.test.ts'
const TIMES = 'test/faults/slow-senders.slow.test.ts'

it('conversions and instances run beside the other tests, and what compares times runs alone', () => {
  const all = [UNIT, CONVERSION, FAULT, TIMES]
  assert.deepEqual(roundsOf(all, 2), [[[UNIT], [FAULT], [CONVERSION]], [[TIMES]]])
  assert.deepEqual(roundsOf([FAULT, BROWSER], 2), [[[FAULT, BROWSER]]])
  assert.deepEqual(roundsOf([CONVERSION], 8), [[[CONVERSION]]])
  assert.deepEqual(roundsOf([TIMES], 2), [[[TIMES]]])
  assert.deepEqual(roundsOf(all, 1), [[all]])
})
