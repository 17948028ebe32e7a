import { constants } from 'node:fs'
import { access, glob, realpath } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { AppError } from '#lib/vocabulary/errors.ts'

/** LibreOffice as it lies on this machine. */
export interface OfficeInstallation {
  /** The program itself, not the scripts around it: they leave it running when they are killed. */
  binary: string
  /** Folder of the installation, for the sandbox to show. */
  root: string
  /** Variables it needs. */
  environment: Readonly<Record<string, string>>
  /** Files of its own that it must not see. */
  hidden: readonly string[]
}

const LAUNCHERS = [
  '/usr/bin/soffice',
  '/usr/bin/libreoffice',
  '/usr/local/bin/soffice',
  '/opt/libreoffice*/program/soffice',
  '/Applications/LibreOffice.app/Contents/MacOS/soffice',
]

/**
 * Without jemalloc a LibreOffice that serves many documents grows three times as large. Not every system has it,
 * and none needs it.
 */
const JEMALLOC = '/usr/lib{,64}{,/*-linux-gnu*}/libjemalloc.so.2'

/**
 * Plug-ins that wait for what the sandbox never has. `avmediagst` takes 20 s to give up on each film. The others fetch
 * from the network: HTTP and WebDAV, FTP, CMIS, GIO. With the first of them LibreOffice, driven over its own protocol,
 * locks itself out for good as soon as a filling or a background is linked by http.
 */
const UNWANTED = 'lib{avmediagst,ucpdav1,ucpftp1,ucpcmis1lo,ucpgio1lo}.so'

/** @throws AppError `sandbox_unavailable` where there is no LibreOffice */
export async function findOffice(): Promise<OfficeInstallation> {
  const binary = await findBinary()
  const program = dirname(binary)
  const jemalloc = await first(JEMALLOC)
  return {
    binary,
    root: dirname(program),
    environment: { SAL_USE_VCLPLUGIN: 'svp', ...(jemalloc ? { LD_PRELOAD: jemalloc } : {}) },
    hidden: await all(join(program, UNWANTED)),
  }
}

async function findBinary(): Promise<string> {
  for (const pattern of LAUNCHERS) {
    const launcher = await first(pattern)
    if (!launcher) continue
    const resolved = await realpath(launcher)
    const program = join(dirname(resolved), 'soffice.bin')
    return (await isThere(program)) ? program : resolved
  }
  throw new AppError('sandbox_unavailable', {
    log: 'LibreOffice is not installed. On Debian and Ubuntu: apt-get install libreoffice-writer libreoffice-calc libreoffice-impress libreoffice-draw',
  })
}

async function first(pattern: string): Promise<string | undefined> {
  for await (const path of glob(pattern)) return path
  return undefined
}

async function all(pattern: string): Promise<string[]> {
  const paths: string[] = []
  for await (const path of glob(pattern)) paths.push(path)
  return paths
}

/** Whether a file is there and may be run. */
export function isThere(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  )
}
