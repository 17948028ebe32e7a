/** QUEUE=rabbitmq over a real broker: a person at the page, and workers that die or freeze. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'

const FILES = ['test/faults/broker.test.ts', 'test/faults/worker.test.ts', 'test/e2e/convert.test.ts']

const tests = spawn(process.execPath, ['cli/test/run-files.ts', ...FILES], {
  env: { ...process.env, TEST_RABBITMQ: 'yes' },
  stdio: ['ignore', 'inherit', 'inherit'],
})
const [code] = await once(tests, 'exit')
process.exitCode = code ?? 1
