/** Runs the test files that are too slow for every day, as `npm test` runs the others. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { globSync } from 'node:fs'
import { BIN } from '#test/test-instance.ts'

const files = globSync('test/**/*.slow.test.ts').sort()
const tests = spawn(process.execPath, [BIN, 'test', ...files], { stdio: 'inherit' })
const [code] = await once(tests, 'exit')
process.exitCode = code ?? 1
