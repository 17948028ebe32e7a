import { join } from 'node:path'
import { isThere } from './office-installation.ts'

/** The programs that build the sandbox, with full paths because they run with an empty environment. */
export interface Tools {
  bwrap: string | undefined
  setpriv: string | undefined
  prlimit: string | undefined
  setsid: string | undefined
  perl: string | undefined
}

const FOLDERS = ['/usr/bin', '/bin', '/usr/sbin', '/sbin', '/usr/local/bin']

/**
 * Finds the programs on this machine. With a tree, bubblewrap is the tree's, and prlimit, which runs inside, has the
 * path that it has there.
 */
export async function findTools(tree?: string): Promise<Tools> {
  const [bwrap, setpriv, prlimit, setsid, perl] = await Promise.all([
    find('bwrap', tree),
    find('setpriv'),
    find('prlimit', tree),
    find('setsid'),
    find('perl'),
  ])
  return { bwrap, setpriv, prlimit: prlimit?.slice(tree?.length ?? 0), setsid, perl }
}

async function find(name: string, tree = ''): Promise<string | undefined> {
  for (const folder of FOLDERS) {
    const path = join(tree, folder, name)
    if (await isThere(path)) return path
  }
  return undefined
}
