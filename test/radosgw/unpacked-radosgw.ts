import { existsSync, globSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { runProgram } from '#cli/start/programs.ts'
import { isClosed } from '#lib/data-paths.ts'

/** Where the packages' own folders lie. */
export interface RadosgwFolders {
  /** The programs. */
  bin: string
  /** The folders of shared libraries: of Ceph's own, of its plug-ins, and of others. */
  libraries: [own: string, plugins: string, others: string]
  /** The plug-ins that the storage daemon loads. */
  classes: string
  /** The modules of the command `ceph`. */
  python: string
}

const CACHE = join(import.meta.dirname, '../../node_modules/.cache')
const PACKAGES = ['radosgw', 'ceph-mon', 'ceph-osd', 'ceph-common']
const PROGRAMS = ['radosgw', 'radosgw-admin', 'ceph-mon', 'ceph-osd', 'ceph']

/**
 * Ceph's S3 server as Debian packages it: the installed one, or its packages, fetched once and unpacked without
 * installing them.
 * @throws Error where there are none
 */
export async function radosgwFolders(): Promise<RadosgwFolders> {
  // Another user must be able to enter it.
  const target = join(isClosed(CACHE) ? '/var/tmp' : CACHE, 'nightshift-radosgw')
  return foldersBelow('/') ?? foldersBelow(target) ?? (await unpack(target))
}

function foldersBelow(root: string): RadosgwFolders | undefined {
  const bin = join(root, 'usr/bin')
  const [ceph] = globSync(join(root, 'usr/lib/*-linux-gnu*/ceph'))
  if (!ceph || !PROGRAMS.every(program => existsSync(join(bin, program)))) return undefined
  return {
    bin,
    libraries: [dirname(ceph), ceph, join(root, 'lib', basename(dirname(ceph)))],
    classes: join(dirname(ceph), 'rados-classes'),
    python: join(root, 'usr/lib/python3/dist-packages'),
  }
}

async function unpack(target: string): Promise<RadosgwFolders> {
  mkdirSync(dirname(target), { recursive: true })
  const folder = mkdtempSync(`${target}-`)
  try {
    const apt = (...args: string[]) => runProgram('apt-get', args, { cwd: folder, env: { LC_ALL: 'C' } })
    const plan = await apt('install', '--simulate', '--no-install-recommends', ...PACKAGES)
    await apt('download', ...Array.from(plan.matchAll(/^Inst (\S+)/gm), ([, name = '']) => name))
    const root = join(folder, 'root')
    for (const file of globSync('*.deb', { cwd: folder }))
      await runProgram('dpkg', ['-x', join(folder, file), root])
    moveUnlessThere(root, target)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  const folders = foldersBelow(target)
  if (!folders) throw new Error(`Debian’s package radosgw has other folders than ${target} shows`)
  return folders
}

/** Another process may have unpacked it meanwhile, and run it. */
function moveUnlessThere(folder: string, target: string): void {
  try {
    renameSync(folder, target)
  } catch (error) {
    if (!foldersBelow(target)) throw error
  }
}
