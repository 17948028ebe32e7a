import { readdir, readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { pathToFileURL } from 'node:url'
import { endProcessTree } from './process-tree.ts'

/** What a sandboxed command looks like from outside while it is being built, once it stands, and with SANDBOX=off. */
const OURS = new Set(['setsid', 'setpriv', 'sh', 'env', 'bwrap', 'prlimit', 'soffice.bin'])

/**
 * Kills what a dead worker left running: processes whose command names a path below `scratchDir`, that worker's own
 * folder, as what they may write to. They die with their worker; this is for the day when the kernel did not see to it.
 */
export async function endOrphans(scratchDir: string): Promise<void> {
  const places = [`${scratchDir}/`, `-env:UserInstallation=${pathToFileURL(scratchDir)}/`]
  for (const name of await readdir('/proc').catch(() => [])) {
    if (!/^\d+$/.test(name)) continue
    const line = await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '')
    const [program = '', ...rest] = line.split('\0')
    const isOurs = OURS.has(basename(program))
    if (isOurs && rest.some(word => places.some(place => word.startsWith(place))))
      await endProcessTree(Number(name))
  }
}
