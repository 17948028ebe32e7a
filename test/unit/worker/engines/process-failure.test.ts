import assert from 'node:assert/strict'
import { it } from 'node:test'
import { failureOf } from '#worker/engines/process-failure.ts'

it('takes an end with 0 and no result for a refusal, which another try will not change', () => {
  const failure = failureOf({ code: 0, stderr: 'Error: source file could not be loaded' })
  assert.equal(failure.code, 'conversion_failed')
  assert.equal(failure.retryable, false)
  assert.match(failure.message, /could not be loaded/)
})

it('takes a death for a crash, which may not come again', () => {
  for (const code of [139, 134, 77, 81, null]) {
    const failure = failureOf({ code, stderr: '' })
    assert.equal(failure.code, 'engine_crashed')
    assert.equal(failure.retryable, true)
  }
})

it('does not blame the document when the sandbox could not be built', () => {
  const failure = failureOf({ code: 1, stderr: 'bwrap: No permissions to create new namespace' })
  assert.equal(failure.code, 'sandbox_unavailable')
})
