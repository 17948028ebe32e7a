import { spawn } from 'node:child_process'
import { environmentWith } from '#lib/config.ts'
import { ROOT } from '../start/build.ts'
import { killGroup } from '../start/process-groups.ts'
import type { TestEnvironment } from './test-database.ts'

export interface ScriptOptions {
  environment?: TestEnvironment | undefined
  /** Ends it. */
  asked: AbortSignal
  /** Keeps its output until then; unset: prints it as it comes. */
  printFrom?: Promise<void> | undefined
}

/** Runs one of our scripts on the test database, as leader of a group that ends with it. Resolves to its exit code. */
export function runScript(
  args: readonly string[],
  { environment, asked, printFrom }: ScriptOptions,
): Promise<number> {
  const output = printFrom === undefined ? 'inherit' : 'pipe'
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    detached: true,
    env: environmentWith({ ...environment }),
    stdio: ['ignore', output, output],
  })
  const kept: Buffer[] = []
  let print = (chunk: Buffer): unknown => kept.push(chunk)
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', chunk => print(chunk))
  const printed = printFrom?.then(() => {
    print = chunk => process.stdout.write(chunk)
    kept.forEach(print)
  })
  const end = () => child.pid !== undefined && killGroup(child.pid)
  asked.addEventListener('abort', end)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', end)
    child.on('close', async code => {
      await printed
      resolve(code ?? 1)
    })
  })
}
