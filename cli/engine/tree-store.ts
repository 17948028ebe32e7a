import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { takeLock } from '../start/exclusive-lock.ts'
import type { ListedPackage } from './package-list.ts'

/** The description of a finished tree, in its folder. */
export const TREE_RECORD = 'tree.json'
const MAKING = '.making-'
const ASK_AGAIN_MS = 200

/** What a tree was made of. */
export interface TreeRecord {
  /** The same for trees that the same version of Nightshift makes on the same release and processor. */
  kind: string
  madeAt: string
  packages: readonly ListedPackage[]
  /** Packages in other versions than the repository's list has; null where it has none for this machine. */
  deviations: readonly string[] | null
}

export interface Tree extends TreeRecord {
  path: string
}

/** Makes a tree in a new folder. */
export type MakeTree = (folder: string) => Promise<void>

/** The finished trees in `store`, newest first. */
export function treesIn(store: string): Tree[] {
  if (!existsSync(store)) return []
  const names = readdirSync(store, { withFileTypes: true })
    .filter(entry => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(entry => entry.name)
  return names
    .map(name => treeAt(join(store, name)))
    .filter(tree => tree !== undefined)
    .sort((a, b) => (a.madeAt < b.madeAt ? 1 : -1))
}

/** Undefined where there is no finished tree. */
export function treeAt(path: string): Tree | undefined {
  try {
    return { ...(JSON.parse(readFileSync(join(path, TREE_RECORD), 'utf8')) as TreeRecord), path }
  } catch {
    return undefined
  }
}

/** The newest tree of this kind. */
export function treeOfKind(store: string, kind: string): Tree | undefined {
  return treesIn(store).find(tree => tree.kind === kind)
}

export interface PublishOptions {
  kind: string
  make: MakeTree
  /** Makes a new one also where one is there. */
  renew?: boolean
  signal?: AbortSignal | undefined
}

/**
 * The tree of a kind, made where there is none. Of processes that ask at the same time one makes it and the others wait
 * for it; a tree appears whole or not at all.
 */
export async function publishTree(store: string, options: PublishOptions): Promise<Tree> {
  const { kind, make, renew = false, signal } = options
  const before = treeOfKind(store, kind)
  if (before && !renew) return before
  makeStore(store)
  const release = await lockStore(store, signal)
  try {
    const meanwhile = treeOfKind(store, kind)
    if (meanwhile && meanwhile.path !== before?.path) return meanwhile
    sweepHalfMade(store)
    return await makeAndRename(store, kind, make)
  } finally {
    release()
  }
}

/** Whatever root's umask is, the user of the sandbox must be able to enter new folders. */
function makeStore(store: string): void {
  const first = mkdirSync(store, { recursive: true })
  if (!first || process.getuid?.() !== 0) return
  for (let folder = store; folder.startsWith(first); folder = dirname(folder)) chmodSync(folder, 0o755)
}

async function makeAndRename(store: string, kind: string, make: MakeTree): Promise<Tree> {
  // Two may be made in one moment.
  const name = `${kind}-${Date.now().toString(36)}${randomBytes(2).toString('hex')}`
  const making = join(store, MAKING + name)
  mkdirSync(making)
  try {
    await make(making)
    renameSync(join(making, 'tree'), join(store, name))
  } finally {
    rmSync(making, { recursive: true, force: true })
  }
  const tree = treeAt(join(store, name))
  if (!tree) throw new Error(`the new tree at ${join(store, name)} has no ${TREE_RECORD}`)
  return tree
}

/** Removes what killed processes left. Only the holder of the lock may call it. */
function sweepHalfMade(store: string): void {
  for (const name of readdirSync(store).filter(entry => entry.startsWith(MAKING)))
    rmSync(join(store, name), { recursive: true, force: true })
}

async function lockStore(store: string, signal: AbortSignal | undefined): Promise<() => void> {
  for (;;) {
    signal?.throwIfAborted()
    const release = takeLock(join(store, 'making.lock'), 'The folder for LibreOffice')
    if (release) return release
    await wait(ASK_AGAIN_MS, undefined, { signal })
  }
}

/**
 * The processes that use a tree, by their command lines or their environment: a worker has it in the one, its
 * LibreOffice in the other.
 */
export function usersOf({ path }: Pick<Tree, 'path'>): number[] {
  const pids = readdirSync('/proc').filter(name => /^\d+$/.test(name))
  return pids
    .filter(pid => ['cmdline', 'environ'].some(file => wordsOf(pid, file).some(isOf(path))))
    .map(Number)
}

const isOf = (path: string) => (word: string) =>
  `${word}/`.replace(/^ENGINE_ROOT=/, '').startsWith(`${path}/`)

function wordsOf(pid: string, file: string): string[] {
  try {
    return readFileSync(join('/proc', pid, file), 'utf8').split('\0')
  } catch {
    return []
  }
}
