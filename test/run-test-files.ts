import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** Runs test files in the way of the daily tests, for a proof; a failure becomes the exit code of this process. */
export async function runTestFiles(files: readonly string[], env: Record<string, string>): Promise<void> {
  const tests = spawn(process.execPath, ['cli/test/run-files.ts', ...files], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const [code] = await once(tests, 'exit')
  process.exitCode = code ?? 1
}
