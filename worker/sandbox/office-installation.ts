import { constants, existsSync } from 'node:fs'
import { access, glob, realpath } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { AppError } from '#lib/vocabulary/errors.ts'

/** The installed LibreOffice. */
export interface OfficeInstallation {
  /** The program itself, not its wrapper scripts, because killing those leaves it running. */
  binary: string
  /** The same as this process sees it. */
  file: string
  /** The installation's folder, which the sandbox mounts. */
  root: string
  /** The environment variables that it needs. */
  environment: Readonly<Record<string, string>>
  /** Its files that the sandbox hides. */
  hidden: readonly string[]
  /** The folders that may get other fonts while it runs, as this process sees them. */
  fontFolders: readonly string[]
}

/** Where fontconfig looks on a machine, and its configuration. */
const MACHINE_FONTS = ['/usr/share/fonts', '/usr/local/share/fonts', '/etc/fonts']

const LAUNCHERS = [
  '/usr/bin/soffice',
  '/usr/bin/libreoffice',
  '/usr/local/bin/soffice',
  '/opt/libreoffice*/program/soffice',
  '/Applications/LibreOffice.app/Contents/MacOS/soffice',
]

/**
 * Without jemalloc a LibreOffice that serves many documents grows three times as large. It is optional, because not
 * every system has it.
 */
const JEMALLOC = 'libjemalloc.so.2'
const LIBRARIES = [
  ...['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib64', '/usr/lib'],
  '/usr/lib/*-linux-gnu*',
]

/**
 * Plug-ins that wait for resources that the sandbox never has. `avmediagst` takes 20 s to fail for each video. The
 * others fetch from the network: HTTP and WebDAV, FTP, CMIS, GIO. With the first of these, a LibreOffice driven over
 * UNO deadlocks as soon as a fill or a background is linked by http.
 */
const UNWANTED = ['avmediagst', 'ucpdav1', 'ucpftp1', 'ucpcmis1lo', 'ucpgio1lo'].map(name => `lib${name}.so`)

/**
 * Finds LibreOffice on this machine, or in the tree of a system at `tree`, whose paths are those that the sandbox shows.
 * @throws AppError `sandbox_unavailable` where there is none
 */
export async function findOffice(tree = ''): Promise<OfficeInstallation> {
  const binary = tree ? await binaryOfTree(tree) : await findBinary()
  const program = dirname(binary)
  const root = dirname(program)
  const inside = (path: string) => path.slice(tree.length)
  const jemalloc = await first(LIBRARIES.map(folder => join(tree + folder, JEMALLOC)))
  return {
    binary: inside(binary),
    file: binary,
    root: inside(root),
    environment: { SAL_USE_VCLPLUGIN: 'svp', ...(jemalloc ? { LD_PRELOAD: inside(jemalloc) } : {}) },
    hidden: UNWANTED.map(name => join(program, name))
      .filter(existsSync)
      .map(inside),
    fontFolders: tree ? [] : [...MACHINE_FONTS, join(root, 'share', 'fonts')],
  }
}

async function binaryOfTree(tree: string): Promise<string> {
  const binary = join(tree, 'usr/lib/libreoffice/program/soffice.bin')
  if (await isThere(binary)) return binary
  throw new AppError('sandbox_unavailable', {
    log: `There is no LibreOffice at ENGINE_ROOT ${tree}: run “nightshift engine renew”, or start again.`,
  })
}

async function findBinary(): Promise<string> {
  const launcher = await first(LAUNCHERS)
  if (launcher) {
    const resolved = await realpath(launcher)
    const program = join(dirname(resolved), 'soffice.bin')
    return (await isThere(program)) ? program : resolved
  }
  throw new AppError('sandbox_unavailable', {
    log: 'LibreOffice is not installed. On Debian and Ubuntu: apt-get install libreoffice-writer libreoffice-calc libreoffice-impress libreoffice-draw',
  })
}

/** The first file of these paths and patterns. Node loads for 20 ms before it reads a first pattern, even a plain path. */
async function first(patterns: readonly string[]): Promise<string | undefined> {
  for (const pattern of patterns) {
    if (existsSync(pattern)) return pattern
    if (pattern.includes('*')) for await (const path of glob(pattern)) return path
  }
  return undefined
}

/** Whether a file exists and is executable. */
export function isThere(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  )
}
