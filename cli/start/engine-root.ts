import { type Config, ConfigError } from '#lib/config.ts'
import { sandboxesFor } from '#lib/vocabulary/sandboxes.ts'
import { needsFor } from '../../bin/needs.js'
import { ensureTree, kindOf, platformForTree, treeStore } from '../engine/make-tree.ts'
import type { Platform } from '../engine/package-list.ts'
import { type Tree, treeAt, treeOfKind } from '../engine/tree-store.ts'
import type { Steps } from './steps.ts'
import { ensurePrograms } from './system.ts'

type RootConfig = Pick<Config, 'engineRoot' | 'sandbox'>

/**
 * The value of ENGINE_ROOT for the worker: `machine`, or the path of a tree. Installs or makes what is missing.
 * @throws AppError `missing_programs`, `step_failed`; ConfigError
 */
export async function ensureEngineRoot(
  steps: Steps,
  config: RootConfig,
  signal?: AbortSignal,
): Promise<string> {
  const root = await findEngineRoot(config)
  if (root === 'machine') await ensurePrograms(steps, needsFor(config.sandbox), signal)
  else if ('path' in root) return root.path
  else return makeTree(steps, root, signal)
  return 'machine'
}

/**
 * Where the LibreOffice of a start is: on the machine, in a tree, or in one that is to be made for a platform.
 * @throws ConfigError
 */
export async function findEngineRoot({
  engineRoot,
  sandbox,
}: RootConfig): Promise<'machine' | Tree | Platform> {
  if (engineRoot?.startsWith('/')) return existingTree(engineRoot)
  const isComplete = needsFor(sandbox).every(need => need.optional || need.there())
  const usesMachine =
    engineRoot === 'machine' ||
    !sandboxesFor(sandbox).includes('bwrap') ||
    isComplete ||
    process.getuid?.() === 0
  if (usesMachine && engineRoot !== 'own') return 'machine'
  const platform = await platformForTree()
  if (!platform && engineRoot === 'own') throw new ConfigError(NO_TREE)
  return platform ? (treeOfKind(treeStore(), kindOf(platform)) ?? platform) : 'machine'
}

const NO_TREE =
  'ENGINE_ROOT=own needs apt-get and dpkg-deb (Debian, Ubuntu) and user namespaces: leave it unset, and install LibreOffice on the machine.'

function existingTree(path: string): Tree {
  const tree = treeAt(path)
  if (tree) return tree
  throw new ConfigError(
    `ENGINE_ROOT is ${JSON.stringify(path)}, where no finished tree is: “nightshift engine” names those that there are, or set ENGINE_ROOT=own.`,
  )
}

async function makeTree(steps: Steps, platform: Platform, signal: AbortSignal | undefined): Promise<string> {
  let path = ''
  const work = async () => {
    const tree = await ensureTree(platform, { signal })
    path = tree.path
    return aboutTree(tree)
  }
  await steps.run('Engine', work, 'fetching LibreOffice once (240 MB) into a folder of its own')
  return path
}

/** What a tree contains, for users. */
export function aboutTree({ packages, deviations }: Tree): string {
  const version = packages.find(one => one.name === 'libreoffice-core')?.version ?? 'unknown'
  const from =
    deviations === null
      ? 'the mirror’s own versions'
      : deviations.length === 0
        ? 'all as listed'
        : `${deviations.length} in the mirror’s own versions`
  return `LibreOffice ${version.replace(/^\d+:/, '')}, ${packages.length} packages, ${from}`
}
