import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureAdapterPackages } from '#cli/start/adapter-packages.ts'
import { runProgram } from '#cli/start/programs.ts'
import { openSteps } from '#cli/start/steps.ts'

const VERSION = '3.37.0'
export const AZURITE_FOLDER = fileURLToPath(
  new URL(`../../node_modules/.cache/azurite-${VERSION}`, import.meta.url),
)

/** Installs Azurite and the packages of the adapter, unless they are there. */
export async function ensureAzurite(): Promise<void> {
  const steps = openSteps()
  await ensureAdapterPackages(steps, 'azure')
  if (existsSync(join(AZURITE_FOLDER, 'node_modules/azurite/package.json'))) return
  const install = async () => {
    await mkdir(AZURITE_FOLDER, { recursive: true })
    await runProgram('npm', ['install', '--prefix', AZURITE_FOLDER, '--no-save', `azurite@${VERSION}`])
    return `${VERSION} installed`
  }
  await steps.run('Azurite', install, 'installing it once, 370 MB, this takes a minute or two')
}
