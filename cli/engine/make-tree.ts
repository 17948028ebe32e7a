import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { cacheFolder } from '#lib/config.ts'
import { runProgram } from '../start/programs.ts'
import { openOwnApt, platformOf } from './own-apt.ts'
import {
  deviationsFrom,
  type ListedPackage,
  type Platform,
  packageOfFile,
  pinsFor,
  readPackageList,
} from './package-list.ts'
import { doScriptsWork } from './scripts-work.ts'
import { recordFiles } from './tree-files.ts'
import { LEFT_OUT_FILES, LEFT_OUT_PACKAGES, TREE_PACKAGES } from './tree-packages.ts'
import { publishTree, TREE_RECORD, type Tree, type TreeRecord } from './tree-store.ts'
import { unpackAll } from './unpack-debs.ts'

/** Changes when trees are made differently, so that a new one is made. */
const LAYOUT = 1

/** The folder of all trees of this user. */
export const treeStore = () => join(cacheFolder(), 'nightshift', 'engine')

export interface EnsureTreeOptions {
  signal?: AbortSignal | undefined
  renew?: boolean
  /** Takes the mirror's versions instead of the listed ones. */
  latest?: boolean
  store?: string
}

/**
 * The tree for this version of Nightshift on this machine, made where there is none.
 * @throws AppError `step_failed`
 */
export async function ensureTree(platform: Platform, options: EnsureTreeOptions = {}): Promise<Tree> {
  const { store = treeStore() } = options
  return publishTree(store, {
    ...options,
    kind: kindOf(platform),
    make: folder => makeTree(folder, platform, options),
  })
}

/** Such as `bookworm-amd64-1f2e3d4c`. */
export function kindOf(platform: Platform): string {
  const list = readPackageList(platform) ?? null
  const parts = [LAYOUT, TREE_PACKAGES, LEFT_OUT_PACKAGES, LEFT_OUT_FILES, list]
  const hash = createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 8)
  return `${platform.release}-${platform.architecture}-${hash}`
}

/** Makes the tree in `folder`/tree. */
async function makeTree(
  folder: string,
  platform: Platform,
  { signal, latest = false }: EnsureTreeOptions,
): Promise<void> {
  const list = readPackageList(platform)
  const tree = join(folder, 'tree')
  await mkdir(tree)
  const apt = await openOwnApt(join(folder, 'apt'), platform, signal)
  const debs = await apt.download(TREE_PACKAGES, list && !latest ? pinsFor(list) : '')
  const packages = await packagesOf(debs)
  const deviations = list ? deviationsFrom(list, packages) : null
  await unpackAll(debs, tree, signal)
  await doScriptsWork(tree, signal)
  // Whatever the umask is: the user of the sandbox reads it.
  await runProgram('chmod', ['-R', 'a+rX', tree], { signal })
  await recordFiles(tree)
  const record: TreeRecord = {
    kind: kindOf(platform),
    madeAt: new Date().toISOString(),
    packages,
    deviations,
  }
  await writeFile(join(tree, TREE_RECORD), JSON.stringify(record, undefined, 1))
  // A tree must be whole also after a power cut.
  await runProgram('sync', ['--file-system', tree], { signal })
}

async function packagesOf(debs: readonly string[]): Promise<ListedPackage[]> {
  const packages: ListedPackage[] = []
  for (const deb of debs)
    packages.push(packageOfFile(deb.slice(deb.lastIndexOf('/') + 1), await readFile(deb)))
  return packages
}

/**
 * The platform of this machine if a tree can be made and used here: apt and dpkg are there, and bubblewrap will be
 * allowed namespaces.
 */
export async function platformForTree(): Promise<Platform | undefined> {
  if (process.platform !== 'linux') return undefined
  if (!['/usr/bin/apt-get', '/usr/bin/dpkg-deb'].every(path => existsSync(path))) return undefined
  const hasNamespaces = await runProgram('unshare', ['--user', '--map-root-user', '--mount', 'true']).then(
    () => true,
    () => false,
  )
  return hasNamespaces ? platformOf() : undefined
}
