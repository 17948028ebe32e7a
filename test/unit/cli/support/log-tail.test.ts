import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { logTail } from '#cli/support/log-tail.ts'

const NAME = 'Gehaltsliste.docx'

describe('the end of a log in a support bundle', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'nightshift-tail-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  function tailOf(lines: object[], mostBytes = 10_000): Record<string, unknown>[] {
    const path = join(folder, 'web.log')
    writeFileSync(path, lines.map(line => `${JSON.stringify(line)}\n`).join(''))
    return logTail(path, mostBytes)
      .split('\n')
      .filter(Boolean)
      .map(line => JSON.parse(line))
  }

  it('has facts with their errors, and nothing that says who or what', () => {
    const fact = {
      level: 40,
      msg: 'attempt failed',
      jobId: 'id',
      attempt: 1,
      err: { type: 'Error', message: 'odd' },
    }
    const [shown] = tailOf([{ ...fact, path: `/api/presets/${NAME}`, address: '192.0.2.7' }])
    assert.deepEqual(shown, fact)
  })

  it('leaves out what only a log of details has', () => {
    const err = { type: 'AppError', code: 'bad_result', message: `at ${NAME}`, stack: `at ${NAME}` }
    const shown = tailOf([
      { level: 20, msg: `a detail of ${NAME}` },
      { level: 40, msg: 'attempt failed', detailed: true, err },
    ])
    assert.deepEqual(shown, [
      { level: 40, msg: 'attempt failed', detailed: true, err: { type: 'AppError', code: 'bad_result' } },
    ])
  })

  it('begins with a whole line', () => {
    const lines = [1, 2, 3].map(count => ({ level: 30, msg: `fact ${count}` }))
    const bytes = JSON.stringify(lines[0]).length + 1
    assert.deepEqual(tailOf(lines, 2 * bytes + 5), lines.slice(1))
  })

  it('is empty where nothing was logged', () => {
    assert.equal(logTail(join(folder, 'none.log'), 100), '')
  })
})
