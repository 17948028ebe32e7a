import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runProgram } from '#cli/start/programs.ts'
import { openSteps } from '#cli/start/steps.ts'
import { programAt } from '../../bin/needs.js'

/** The version in deploy/aws/Dockerfile. */
export const RUNTIME_CLIENT_VERSION = '4.0.2'
const FOLDER = fileURLToPath(
  new URL(`../../node_modules/.cache/aws-lambda-ric-${RUNTIME_CLIENT_VERSION}`, import.meta.url),
)
export const RUNTIME_CLIENT = join(FOLDER, 'node_modules/aws-lambda-ric/index.mjs')

/** Why Lambda's runtime client cannot be compiled here; false where it can. */
export const WHY_NO_RUNTIME_CLIENT = ['cmake', 'g++', 'make'].every(name => programAt(name))
  ? (false as const)
  : 'needs cmake, g++ and make, by which Lambda’s runtime client is compiled'

/** Compiles Lambda's runtime client, unless it is there. */
export async function ensureRuntimeClient(): Promise<void> {
  if (existsSync(RUNTIME_CLIENT)) return
  const install = async () => {
    await mkdir(FOLDER, { recursive: true })
    const name = `aws-lambda-ric@${RUNTIME_CLIENT_VERSION}`
    await runProgram('npm', ['install', '--prefix', FOLDER, '--no-save', name])
    return `${RUNTIME_CLIENT_VERSION} installed`
  }
  await openSteps().run('Lambda’s runtime client', install, 'compiling it once, this takes a minute or two')
}
