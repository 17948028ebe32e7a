import { mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { runProgram } from '../start/programs.ts'
import { LEFT_OUT_FILES } from './tree-packages.ts'

const TOP_LINKS = ['bin', 'lib', 'lib64', 'sbin']

/**
 * Unpacks one package. Files belong to this user, and none keeps a setuid bit: a program of root's that nobody updates
 * would be a hole. The first links of the tree stay links: Debian 12's packages still have folders of these names.
 */
const UNPACK =
  'umask 022; dpkg-deb --fsys-tarfile "$0" | tar -x -C "$1" --keep-directory-symlink --no-same-owner --no-same-permissions'

/** Unpacks .deb files into a new folder as one system with a merged /usr, and deletes each. */
export async function unpackAll(
  debs: readonly string[],
  tree: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  for (const name of TOP_LINKS) {
    mkdirSync(join(tree, 'usr', name), { recursive: true })
    symlinkSync(`usr/${name}`, join(tree, name))
  }
  const excluded = LEFT_OUT_FILES.map(pattern => `'--exclude=${pattern}'`).join(' ')
  const waiting = debs.values()
  const unpackSome = async () => {
    for (const deb of waiting) {
      await runProgram('sh', ['-c', `${UNPACK} ${excluded}`, deb, tree], { signal, name: `unpacking ${deb}` })
      rmSync(deb)
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, unpackSome))
}
