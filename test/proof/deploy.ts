/**
 * The deployment template of AWS: it is made offline as it is in the repository, keeps the rules of AWS Solutions, and
 * its roles may do exactly what the product was seen to do. Installs CDK once. `--record` writes the recorded calls, and
 * the template with them.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { callsText, differencesOf, readCalls } from './deploy/recorded-calls.ts'

const FOLDER = 'deploy/aws'
const CALLS_FILE = `${FOLDER}/calls.json`
const FLOWS = ['test/e2e/convert.test.ts', 'test/proof/deploy/web-and-function.test.ts']
const NPM_CI = ['ci', '--prefix', FOLDER, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']

const { values } = parseArgs({ options: { record: { type: 'boolean', default: false } } })

await run('npm', NPM_CI)
await run(process.execPath, ['node_modules/typescript/bin/tsc', '--noEmit', '-p', FOLDER])
const recorded = await recordCalls()
if (values.record) {
  writeFileSync(CALLS_FILE, callsText(recorded))
  await run(process.execPath, [`${FOLDER}/synthesize.ts`])
}
const differences = differencesOf(JSON.parse(readFileSync(CALLS_FILE, 'utf8')), recorded)
for (const difference of differences) console.log(`  ✗ ${difference}`)
if (differences.length > 0) process.exitCode = 1
else console.log(`  ✓ each role may do what its calls need, and nothing else`)
await run(process.execPath, ['--test', `${FOLDER}/template.test.ts`])

/** Runs the flows of the product, with a proxy before each service. */
async function recordCalls() {
  const folder = mkdtempSync(join(tmpdir(), 'nightshift-calls-'))
  const file = join(folder, 'calls.txt')
  try {
    await run(process.execPath, ['cli/test/run-files.ts', ...FLOWS], {
      ...{ TEST_AWS: 'yes', TEST_AWS_CALLS: file },
    })
    return readCalls(readFileSync(file, 'utf8'))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** @throws Error where it fails, because nothing after it would mean anything */
async function run(
  program: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<void> {
  const child = spawn(program, args, {
    ...{ env: { ...process.env, ...env }, stdio: ['ignore', 'inherit', 'inherit'] },
  })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}`)
}
