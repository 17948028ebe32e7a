import assert from 'node:assert/strict'
import { it } from 'node:test'
import { lanesOf } from '#cli/test/lanes.ts'

const UNIT = 'test/unit/lib/config.test.ts'
const CONVERSION = 'test/integration/worker/matrix.test.ts'
const FAULT = 'test/faults/start.test.ts'

it('conversions run beside the other tests, each file in one lane, where there are two cores', () => {
  assert.deepEqual(lanesOf([UNIT, CONVERSION, FAULT], 2), [[UNIT, FAULT], [CONVERSION]])
  assert.deepEqual(lanesOf([UNIT, FAULT], 2), [[UNIT, FAULT]])
  assert.deepEqual(lanesOf([CONVERSION], 8), [[CONVERSION]])
  assert.deepEqual(lanesOf([UNIT, CONVERSION, FAULT], 1), [[UNIT, CONVERSION, FAULT]])
})
