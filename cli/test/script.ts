import { spawn } from 'node:child_process'
import { environmentWith } from '#lib/config.ts'
import { ROOT } from '../start/build.ts'
import { killGroup } from '../start/process-groups.ts'
import type { TestEnvironment } from './test-database.ts'

/** Runs one of our scripts on the test database, as leader of a group that ends with it. Resolves to its exit code. */
export function runScript(
  args: readonly string[],
  environment: TestEnvironment | undefined,
  asked: AbortSignal,
): Promise<number> {
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    detached: true,
    env: environmentWith({ ...environment }),
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const end = () => child.pid !== undefined && killGroup(child.pid)
  asked.addEventListener('abort', end)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', code => {
      end()
      resolve(code ?? 1)
    })
  })
}
