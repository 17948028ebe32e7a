/**
 * QUEUE=azure over Microsoft's emulator: the contracts of queue and jobs, a person at the page, and faults. Installs
 * Azurite once, 370 MB below node_modules/.cache.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runProgram } from '#cli/start/programs.ts'

const VERSION = '3.37.0'
const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const FOLDER = join(ROOT, `node_modules/.cache/azurite-${VERSION}`)
const FILES = [
  'test/integration/lib/queues/azure-queue.test.ts',
  'test/integration/lib/queues/azure-service.test.ts',
  'test/integration/lib/jobs/azure-jobs.test.ts',
  'test/faults/broker.test.ts',
  'test/faults/worker.test.ts',
  'test/e2e/convert.test.ts',
]

if (!existsSync(join(FOLDER, 'node_modules/azurite/package.json'))) {
  console.log(`  … Azurite ${VERSION}: installing it once, this takes a minute or two`)
  await mkdir(FOLDER, { recursive: true })
  await runProgram('npm', ['install', '--prefix', FOLDER, '--no-save', `azurite@${VERSION}`])
}
const tests = spawn(process.execPath, [join('cli', 'test', 'run-files.ts'), ...FILES], {
  cwd: ROOT,
  env: { ...process.env, TEST_AZURITE: FOLDER },
  stdio: ['ignore', 'inherit', 'inherit'],
})
const [code] = await once(tests, 'exit')
process.exitCode = code ?? 1
