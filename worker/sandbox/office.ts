import { constants } from 'node:fs'
import { access, glob, realpath } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { AppError } from '#lib/errors.ts'

/** LibreOffice as it lies on this machine. */
export interface Office {
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

/** @throws AppError `sandbox_unavailable` where there is no LibreOffice */
export async function findOffice(): Promise<Office> {
  const binary = await findBinary()
  const program = dirname(binary)
  const jemalloc = await first(JEMALLOC)
  // A document with a film waits 20 s for this plug-in to give up on each one.
  const media = await first(join(program, 'libavmediagst.so'))
  return {
    binary,
    root: dirname(program),
    environment: { SAL_USE_VCLPLUGIN: 'svp', ...(jemalloc ? { LD_PRELOAD: jemalloc } : {}) },
    hidden: media ? [media] : [],
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

/** Whether a file is there and may be run. */
export function isThere(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  )
}
