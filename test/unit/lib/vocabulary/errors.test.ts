import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { AppError, jobErrorOf, statusOf } from '#lib/vocabulary/errors.ts'

const stalled = new AppError('stalled', { details: { seconds: 90, place: ' at page 7' }, log: 'pid 12' })

describe('an error', () => {
  it('gets its sentences where it is shown, from the code and the details that were stored', () => {
    const stored = stalled.toStoredError()
    assert.deepEqual(Object.keys(stored), ['code', 'details', 'retryable'])
    const shown = jobErrorOf(JSON.parse(JSON.stringify(stored)))
    assert.deepEqual(shown, stalled.toJobError())
    assert.deepEqual(shown, {
      code: 'stalled',
      message: 'Stopped: no progress for 90 s at page 7.',
      nextStep: 'Try again; if it stops there again, make that part of the document simpler.',
      retryable: true,
      details: { seconds: 90, place: ' at page 7' },
    })
  })

  it('keeps its log’s text out of what is stored', () => {
    assert.match(stalled.message, /pid 12/)
    assert.doesNotMatch(JSON.stringify(stalled.toStoredError()), /pid 12/)
  })

  it('tells the operator’s part to the log only', () => {
    const error = new AppError('time_limit', { details: { seconds: 90 } })
    assert.match(error.message, /TIME_LIMIT_S/)
    const table = readFileSync(new URL('../../../../lib/vocabulary/errors.ts', import.meta.url), 'utf8')
    const [forUsers = ''] = table.split('// Errors that prevent a start')
    const codes = [...forUsers.matchAll(/^ {2}(\w+): \{ status/gm)].map(([, code = '']) => code)
    assert.ok(codes.length > 50)
    // Those only operators meet.
    const ofOperators = ['not_signed_in', 'wrong_token', 'look_only']
    for (const code of codes.filter(code => !ofOperators.includes(code))) {
      const { message, nextStep } = jobErrorOf({ code, details: {}, retryable: false })
      assert.doesNotMatch(
        `${message} ${nextStep}`,
        /[A-Z]{3,}_[A-Z]|ENGINE=|DATA_DIR|\bSECRET\b|the operator/,
        code,
      )
    }
  })

  it('with sentences of its own is shown with them', () => {
    const sentences = { message: 'Stopped: it took too long.', nextStep: 'Split it.' }
    const { message, nextStep, details } = jobErrorOf({ ...stalled.toStoredError(), sentences })
    assert.deepEqual({ message, nextStep, details }, { ...sentences, details: undefined })
  })

  it('of a code that this version does not know is shown with its code, and can be tried again', () => {
    for (const code of ['written_tomorrow', 'constructor']) {
      const { message, nextStep, ...rest } = jobErrorOf({ code, details: { seconds: 1 }, retryable: true })
      assert.deepEqual(rest, { code, retryable: true, details: { seconds: 1 } })
      assert.match(message, new RegExp(`does not know \\(${code}\\)\\.$`))
      assert.match(nextStep, /^Try again/)
      assert.equal(statusOf(code), 500)
    }
  })
})
