import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AppError, asAppError } from '#lib/vocabulary/errors.ts'
import { ROOT } from './build.ts'
import { runProgram } from './programs.ts'
import type { Steps } from './steps.ts'

/** The folders of adapters that need packages which nobody else needs, each with a package.json and lockfile. */
export const ADAPTERS = {
  rabbitmq: 'lib/queues/rabbitmq-queue',
  azure: 'lib/queues/azure-queue',
  aws: 'lib/aws',
  traces: 'lib/tracing/otlp-tracing',
} as const
export type Adapter = keyof typeof ADAPTERS
/** Those whose packages come with the tests. */
export const TESTED_ADAPTERS: readonly Adapter[] = ['rabbitmq', 'aws', 'traces']

export interface AdapterPackagesOptions {
  signal?: AbortSignal
  /** The folder that the adapters' folders are in; unset: the project. */
  root?: string
}

/**
 * Installs the packages of an adapter with npm, unless they are there in the versions of its lockfile.
 * @throws AppError `no_packages`
 */
export async function ensureAdapterPackages(
  steps: Steps,
  adapter: Adapter,
  { signal, root = ROOT }: AdapterPackagesOptions = {},
): Promise<void> {
  const folder = join(root, ADAPTERS[adapter])
  if (areInstalled(folder)) return
  const install = async () => {
    await npmCi(folder, adapter, signal)
    return `those of ${adapter} installed`
  }
  await steps.run('Packages', install, `installing those of ${adapter} once with npm ci`)
}

async function npmCi(folder: string, adapter: Adapter, signal: AbortSignal | undefined): Promise<void> {
  // Started by npm, another folder's prefix is in the environment.
  const args = ['ci', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  try {
    await runProgram('npm', args, { cwd: folder, signal })
  } catch (cause) {
    signal?.throwIfAborted()
    const { code = 'unknown', words = '' } = asAppError(cause).details
    throw new AppError('no_packages', { details: { adapter, folder, code, words }, cause })
  }
}

interface Lockfile {
  packages: Record<string, { version: string; optional?: boolean }>
}

/** Whether npm's own list of what it installed, which it writes last, has every package of the lockfile. */
function areInstalled(folder: string): boolean {
  try {
    const [wanted, installed] = ['package-lock.json', 'node_modules/.package-lock.json'].map(
      name => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Lockfile,
    )
    return Object.entries(wanted?.packages ?? {}).every(
      ([name, { version, optional }]) =>
        name === '' || optional || installed?.packages[name]?.version === version,
    )
  } catch {
    return false
  }
}
