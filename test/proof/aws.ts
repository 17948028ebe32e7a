/**
 * The services of AWS by emulators: the contracts of files, queue, events and jobs, a person at the page with files in
 * S3 and with everything on AWS, and faults.
 */
import { runTestFiles } from '#test/run-test-files.ts'

const FILES = [
  'test/integration/lib/storage/s3-storage.test.ts',
  'test/integration/lib/spools/s3-spool.test.ts',
  'test/integration/app/direct-download.test.ts',
  'test/integration/lib/queues/sqs-queue.test.ts',
  'test/integration/lib/jobs/sqs-jobs.test.ts',
  'test/faults/broker.test.ts',
  'test/faults/unreliable-services.test.ts',
  'test/faults/web-nodes.test.ts',
  'test/faults/worker.test.ts',
  'test/e2e/convert.test.ts',
]

await runTestFiles(FILES, { TEST_AWS: 'yes' })
