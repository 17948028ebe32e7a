import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { until } from '#test/until.ts'

const RUN_FILES = fileURLToPath(new URL('../../../../cli/test/run-files.ts', import.meta.url))
const sleeper = (note: string) => `
  import { spawn } from 'node:child_process'
  import { writeFileSync } from 'node:fs'
  import { test } from 'node:test'
  test('passes', () => {})
  const child = spawn('sleep', ['86400'], { stdio: 'inherit', detached: true })
  child.unref()
  writeFileSync(${JSON.stringify(note)}, String(child.pid))
`

describe('a test file that is not over in time', () => {
  for (const [what, more, told] of [
    ['whose process never exits', 'setInterval(() => {}, 1000)', /holds open: timer/],
    ['that left a process behind which holds its output open', '', /^ {2}\d+ \(of \d+\) sleep 86400$/m],
  ] as const)
    it(`${what} is ended with what it started, named, and counted as failed; the next one runs`, async t => {
      // Its name is a test run's: what belongs to the run is known by it.
      const folder = mkdtempSync(join(tmpdir(), 'nightshift-test-'))
      t.after(() => rmSync(folder, { recursive: true }))
      const [hanging, fine] = [join(folder, 'hanging.test.mjs'), join(folder, 'fine.test.mjs')]
      const note = join(folder, 'pid')
      writeFileSync(hanging, sleeper(note) + more)
      writeFileSync(fine, `import { test } from 'node:test'\ntest('is fine', () => {})`)
      const { NODE_TEST_CONTEXT: _, ...env } = process.env
      const run = spawnSync(process.execPath, [RUN_FILES, '--file-limit-s', '3', hanging, fine], {
        env: { ...env, TMPDIR: folder },
        encoding: 'utf8',
        timeout: 60_000,
      })
      assert.equal(run.status, 1, run.stdout + run.stderr)
      assert.match(run.stdout, /✖ \S+hanging\.test\.mjs was not over after 3 s and was ended/)
      assert.match(run.stdout, told)
      assert.match(run.stdout, /✔ is fine/)
      const pid = readFileSync(note, 'utf8')
      await until('what it started has ended', () => !isSleeping(pid))
    })
})

/** Whether it runs; a zombie that nobody has asked for does not. */
function isSleeping(pid: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith('sleep')
  } catch {
    return false
  }
}
