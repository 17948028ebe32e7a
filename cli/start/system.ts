import { existsSync, readdirSync } from 'node:fs'
import { AppError } from '#lib/vocabulary/errors.ts'
import { aptEnded, aptIsRunning } from '../../bin/apt.js'
import { libreOfficeIsNogui, type Need, packagesFor, type System } from '../../bin/needs.js'
import { runProgram } from './programs.ts'
import type { Steps } from './steps.ts'

export const NOGUI_WARNING =
  'LibreOffice is installed without its dialogs (-nogui packages): some documents crash it.\n' +
  '    sudo apt-get install -y --no-install-recommends libreoffice-writer libreoffice-calc libreoffice-impress libreoffice-draw'

/** The package manager of this machine. */
export function systemOf(): System {
  if (process.platform === 'darwin') return 'macos'
  if (existsSync('/usr/bin/apt-get')) return 'debian'
  return existsSync('/usr/bin/dnf') ? 'fedora' : 'other'
}

/**
 * Installs missing programs and fonts of the system where it may (apt as root); otherwise prints the one command. When
 * nothing is missing it only checks files, so that a second start is fast.
 * @throws AppError `missing_programs`, `step_failed`
 */
export async function ensurePrograms(steps: Steps, needs: readonly Need[], signal?: AbortSignal) {
  if (aptIsRunning()) await steps.run('Programs', () => aptEnded(signal), 'apt-get installs them once')
  let missing = needs.filter(need => !need.there())
  const packages = packagesFor(missing, 'debian')
  if (packages.length > 0 && systemOf() === 'debian' && process.getuid?.() === 0) {
    const slow = `${missing.length} missing; apt-get installs them once, a minute or two`
    await steps.run('Programs', async () => noteOf(await aptInstall(packages, signal)), slow)
    missing = needs.filter(need => !need.there())
  }
  const required = missing.filter(need => !need.optional)
  if (required.length > 0) throw missingPrograms(missing)
  if (missing.length > 0) steps.print(`  · Without ${namesFor(missing)}: ${commandFor(missing, systemOf())}`)
  if (libreOfficeIsNogui()) steps.print(`  ! ${NOGUI_WARNING}`)
}

function missingPrograms(missing: readonly Need[]): AppError {
  const details = { missing: namesFor(missing), command: commandFor(missing, systemOf()) }
  return new AppError('missing_programs', { details })
}

const namesFor = (needs: readonly Need[]) => needs.map(need => need.what).join(', ')
const noteOf = (count: number) => `${count} packages installed`

/** The one command that installs these needs on this system. */
export function commandFor(needs: readonly Need[], system: System): string {
  const list = packagesFor(needs, system)
  if (system === 'debian')
    return `sudo apt-get update && sudo apt-get install -y --no-install-recommends ${list.join(' ')}`
  if (system === 'fedora') return `sudo dnf install -y ${list.join(' ')}`
  if (system === 'macos') return brewCommand(list)
  return `install with your system’s package manager: ${namesFor(needs)}`
}

const FORMULAS = ['poppler', 'qpdf']

/** Applications and fonts are casks, libraries are formulas; one command line accepts only one kind. */
function brewCommand(list: readonly string[]): string {
  const formulas = list.filter(name => FORMULAS.includes(name))
  const casks = list.filter(name => !FORMULAS.includes(name))
  const lines = [
    casks.length > 0 ? `brew install --cask ${casks.join(' ')}` : '',
    formulas.length > 0 ? `brew install ${formulas.join(' ')}` : '',
  ]
  return lines.filter(line => line !== '').join(' && ')
}

async function aptInstall(packages: readonly string[], signal: AbortSignal | undefined): Promise<number> {
  const options = {
    env: { DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' },
    ...(signal && { signal }),
  }
  const apt = (...args: string[]) =>
    runProgram('apt-get', ['-o', 'DPkg::Lock::Timeout=120', '-qq', ...args], options)
  const install = () => apt('install', '-y', '--no-install-recommends', ...packages)
  if (!hasPackageLists()) await apt('update')
  try {
    await install()
  } catch {
    // Old package lists name files that the mirror no longer has; an interrupted install blocks the next one.
    signal?.throwIfAborted()
    await runProgram('dpkg', ['--configure', '-a'], options)
    await apt('update')
    await install()
  }
  return packages.length
}

function hasPackageLists(): boolean {
  const folder = '/var/lib/apt/lists'
  return existsSync(folder) && readdirSync(folder).some(name => name.includes('_Packages'))
}
