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

/** Finds the programs on this machine. */
export async function findTools(): Promise<Tools> {
  const [bwrap, setpriv, prlimit, setsid, perl] = await Promise.all(
    ['bwrap', 'setpriv', 'prlimit', 'setsid', 'perl'].map(find),
  )
  return { bwrap, setpriv, prlimit, setsid, perl }
}

async function find(name: string): Promise<string | undefined> {
  for (const folder of FOLDERS) {
    const path = join(folder, name)
    if (await isThere(path)) return path
  }
  return undefined
}
