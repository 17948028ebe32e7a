import { rmSync } from 'node:fs'
import { ConfigError } from '#lib/config.ts'
import type { EngineAction } from './engine/engine-actions.ts'
import { ensureTree, kindOf, platformForTree, treeStore } from './engine/make-tree.ts'
import { formatPackageList } from './engine/package-list.ts'
import { changedFiles } from './engine/tree-files.ts'
import { type Tree, treeOfKind, treesIn, usersOf } from './engine/tree-store.ts'
import { aboutTree } from './start/engine-root.ts'
import { openSteps } from './start/steps.ts'
import { listenForStop } from './start/stopping.ts'

/**
 * Shows, renews, verifies or removes the LibreOffice that is kept in a folder of its own. `list` prints the packages of
 * the newest one as the lists in cli/engine/lists have them.
 * @throws AppError, ConfigError
 */
export async function engineCommand(
  action: EngineAction,
  { latest = false }: { latest?: boolean | undefined },
): Promise<void> {
  const store = treeStore()
  if (action === 'list') return console.log(formatPackageList(existing(store)[0]?.packages ?? []).trimEnd())
  console.log('')
  switch (action) {
    case 'show':
      return show(store)
    case 'renew':
      return renew(store, latest)
    case 'verify':
      return verify(existing(store))
    case 'remove':
      for (const tree of existing(store)) removeIfUnused(tree)
  }
}

function existing(store: string): Tree[] {
  const trees = treesIn(store)
  if (trees.length === 0)
    throw new ConfigError(`There is no LibreOffice in ${store}; “nightshift engine renew” fetches one.`)
  return trees
}

async function show(store: string): Promise<void> {
  const platform = await platformForTree()
  const current = platform && treeOfKind(store, kindOf(platform))?.path
  for (const tree of existing(store)) {
    const users = usersOf(tree)
    const state = users.length > 0 ? `in use by ${users.length} processes` : 'not in use'
    const age = tree.path === current ? 'current' : 'of another version of Nightshift or earlier'
    console.log(`  ${tree.path}\n    ${aboutTree(tree)}\n    made ${tree.madeAt}, ${age}, ${state}\n`)
  }
}

async function renew(store: string, latest: boolean): Promise<void> {
  const platform = await platformForTree()
  if (!platform)
    throw new ConfigError(
      'LibreOffice cannot be kept in a folder of its own here: that needs apt-get and dpkg-deb (Debian, Ubuntu) and user namespaces.',
    )
  const { asked } = listenForStop()
  const before = treesIn(store).filter(tree => tree.kind === kindOf(platform))
  await openSteps().run(
    'Engine',
    async () => aboutTree(await ensureTree(platform, { signal: asked, renew: true, latest })),
    'fetching LibreOffice (240 MB)',
  )
  for (const tree of before) removeIfUnused(tree)
}

function removeIfUnused(tree: Tree): void {
  const users = usersOf(tree)
  if (users.length === 0) rmSync(tree.path, { recursive: true })
  const what = users.length === 0 ? 'removed' : `stays, because process ${users.join(', ')} uses it`
  console.log(`  ${users.length === 0 ? '✓' : '!'} ${tree.path} ${what}`)
}

async function verify(trees: readonly Tree[]): Promise<void> {
  for (const tree of trees) {
    const changed = await changedFiles(tree.path)
    if (changed.length === 0) {
      console.log(`  ✓ ${tree.path}: every file is as it was made`)
      continue
    }
    process.exitCode = 1
    const some = changed.slice(0, 10).join('\n    ')
    console.log(
      `  ✗ ${tree.path}: ${changed.length} files are missing, new or changed:\n    ${some}\n    “nightshift engine renew” makes it anew.`,
    )
  }
}
