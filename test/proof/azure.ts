/**
 * QUEUE=azure over Microsoft's emulator Azurite: the contracts of queue and jobs, a person at the page, and faults.
 * Installs Azurite once, 370 MB below node_modules/.cache.
 */

import { ensureAzurite } from '#test/azurite/azurite-folder.ts'
import { runTestFiles } from '#test/run-test-files.ts'

const FILES = [
  'test/integration/lib/queues/azure-queue.test.ts',
  'test/integration/lib/queues/azure-service.test.ts',
  'test/integration/lib/jobs/azure-jobs.test.ts',
  'test/faults/broker.test.ts',
  'test/faults/worker.test.ts',
  'test/e2e/convert.test.ts',
]

await ensureAzurite()
await runTestFiles(FILES, { TEST_AZURITE: 'yes' })
