/**
 * QUEUE=azure over Microsoft's emulator Azurite: the contracts of queue and jobs, a person at the page, and faults.
 * Installs Azurite once, 370 MB below node_modules/.cache.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { ensureAzurite } from '#test/azurite/azurite-folder.ts'

const FILES = [
  'test/integration/lib/queues/azure-queue.test.ts',
  'test/integration/lib/queues/azure-service.test.ts',
  'test/integration/lib/jobs/azure-jobs.test.ts',
  'test/faults/broker.test.ts',
  'test/faults/worker.test.ts',
  'test/e2e/convert.test.ts',
]

await ensureAzurite()
const tests = spawn(process.execPath, ['cli/test/run-files.ts', ...FILES], {
  env: { ...process.env, TEST_AZURITE: 'yes' },
  stdio: ['ignore', 'inherit', 'inherit'],
})
const [code] = await once(tests, 'exit')
process.exitCode = code ?? 1
