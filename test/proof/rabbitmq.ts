/** QUEUE=rabbitmq over a real broker: a person at the page, and workers that die or freeze. */
import { runTestFiles } from '#test/run-test-files.ts'

const FILES = ['test/faults/broker.test.ts', 'test/faults/worker.test.ts', 'test/e2e/convert.test.ts']

await runTestFiles(FILES, { TEST_RABBITMQ: 'yes' })
