import { readdir, readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { pathToFileURL } from 'node:url'
import { endProcessTree } from './process-tree.ts'

/** The names of a sandboxed command's processes while the sandbox is built, and once it runs. */
const OURS = new Set(['setsid', 'setpriv', 'sh', 'env', 'bwrap', 'prlimit', 'perl', 'soffice.bin'])

/**
 * Kills the processes that a dead worker left running: those whose command line contains a path below `scratchDir`,
 * that worker's own folder, as a writable path. Normally they die with their worker; this covers the case that the
 * kernel did not do it.
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
