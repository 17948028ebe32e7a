import assert from 'node:assert/strict'
import { it } from 'node:test'
import { failureLog } from '#worker/failure-log.ts'

it('what the log says of a failure has each cause once, and an end', () => {
  const cause = new Error('soffice ended with 77')
  const error = new Error('LibreOffice stopped', { cause: new Error('LibreOffice stopped', { cause }) })
  assert.equal(failureLog(error), 'LibreOffice stopped\nsoffice ended with 77')
  cause.cause = cause
  assert.equal(failureLog(cause), 'soffice ended with 77')
  assert.equal(failureLog(new Error('alone', { cause: 'a text' })), 'alone')
})
