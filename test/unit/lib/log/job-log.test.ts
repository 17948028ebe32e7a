import assert from 'node:assert/strict'
import { Writable } from 'node:stream'
import { describe, it } from 'node:test'
import { pino } from 'pino'
import { errorForLog } from '#lib/log/error-for-log.ts'
import { logOfAttempt } from '#lib/log/job-log.ts'
import { AppError } from '#lib/vocabulary/errors.ts'

const JOB = {
  id: 'the-id',
  traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
  attempt: 2,
  fileName: 'Kündigung Müller.docx',
  sources: null,
}

/** A log whose lines are kept. */
function openKept(level: string) {
  const lines: string[] = []
  const stream = new Writable({
    write(line, _encoding, done) {
      lines.push(String(line))
      done()
    },
  })
  return { lines, log: pino({ level, serializers: { err: errorForLog } }, stream) }
}

/** An error as a program of the sandbox makes it, with the names of its files in paths. */
function errorWithNames(): AppError {
  const cause = Object.assign(new Error('ENOENT: no such file, open /slot/d/Kündigung Müller.pdf'), {
    path: '/slot/d/Kündigung Müller.pdf',
    files: [{ url: 'file:///d/K%C3%BCndigung%20M%C3%BCller.docx' }],
  })
  return new AppError('bad_result', { details: { target: 'PDF', part: JOB.fileName }, log: 'odd', cause })
}

describe('the log of an attempt', () => {
  it('has the job, its trace and its attempt in every line, and hides the names of files in errors', () => {
    const { lines, log } = openKept('info')
    logOfAttempt(log, JOB).warn({ err: errorWithNames() }, 'attempt failed')
    const [line = ''] = lines
    assert.match(line, /"jobId":"the-id","traceId":"4bf92f3577b34da6a3ce929d0e0e4736","attempt":2/)
    assert.match(line, /bad_result: odd: ENOENT: no such file, open \/slot\/d\/…/)
    assert.doesNotMatch(line, /ndigung|ller/)
  })

  it('hides the names of every source of a merged job', () => {
    const { lines, log } = openKept('info')
    const part = { key: 'k', fileName: 'second.odt', format: 'odt', bytes: 1, sha256: '', flags: null }
    const sources = [part] as never
    logOfAttempt(log, { ...JOB, sources }).warn({ err: new Error('at /x/second.odt') }, 'failed')
    assert.doesNotMatch(lines[0] ?? '', /second/)
  })

  it('has the names where LOG_LEVEL asks for details', () => {
    const { lines, log } = openKept('debug')
    logOfAttempt(log, JOB).warn({ err: errorWithNames() }, 'attempt failed')
    assert.match(lines[0] ?? '', /Kündigung Müller\.pdf/)
  })
})

describe('an error in the log', () => {
  it('has its message and codes, but no values of a row', () => {
    const { lines, log } = openKept('info')
    const values = {
      detail: 'Failing row contains (secret.docx)',
      parameters: ['secret.docx'],
      code: '23514',
    }
    log.warn({ err: Object.assign(new Error('violates a check'), values) }, 'refused')
    assert.match(lines[0] ?? '', /violates a check/)
    assert.match(lines[0] ?? '', /"code":"23514"/)
    assert.doesNotMatch(lines[0] ?? '', /secret/)
  })
})
