import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { it } from 'node:test'
import { needsPrograms, printSkipped } from '#cli/test/skipped-files.ts'
import { AppError } from '#lib/vocabulary/errors.ts'

const STARTS_PROGRAM =
  /\b(run|execFile|execFileSync|spawn|spawnSync)\('(qpdf|pdf\w+|soffice|bwrap|chromium|fc-\w+)'/

it('where nobody may install programs, the tests of jobs and of the API run, those that convert do not', () => {
  const files = globSync('test/{unit,integration,e2e,faults}/**/*.test.ts')
  const skipped = files.filter(needsPrograms)
  for (const file of ['test/unit/lib/pace.test.ts', 'test/integration/lib/jobs/postgres.test.ts'])
    assert.ok(files.includes(file) && !skipped.includes(file), file)
  for (const file of ['test/e2e/convert.test.ts', 'test/integration/worker/matrix.test.ts'])
    assert.ok(skipped.includes(file), file)
})

it('no file runs where nobody may install programs whose tests start one of them, unless they skip themselves', () => {
  const running = globSync('test/{unit,integration}/**/*.test.ts').filter(file => !needsPrograms(file))
  const starting = running.filter(file => {
    const text = readFileSync(file, 'utf8')
    return STARTS_PROGRAM.test(text) && !/\bskip\b/.test(text)
  })
  assert.deepEqual(starting, [])
})

it('files that did not run are listed, with the command that brings what they need', () => {
  const printed: string[] = []
  const steps = { print: (text: string) => void printed.push(text), async run() {} }
  const details = { missing: 'LibreOffice, Chromium', command: 'sudo apt-get install chromium' }
  printSkipped(steps, ['test/e2e/a.test.ts'], new AppError('missing_programs', { details }))
  const text = printed.join('\n')
  for (const part of ['1 files are skipped', 'test/e2e/a.test.ts', 'LibreOffice, Chromium', details.command])
    assert.ok(text.includes(part), text)
})
