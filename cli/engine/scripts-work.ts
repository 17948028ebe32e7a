import { cpSync, existsSync, mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { runProgram } from '../start/programs.ts'

/** Debian's choices in fontconfig, which its script links: of each line the first that the release has. */
const FONT_CHOICES = [
  ['10-hinting-slight.conf'],
  // Debian 13, and before.
  ['70-no-bitmaps-except-emoji.conf', '70-no-bitmaps.conf'],
]
/** Folders that the sandbox covers or shows. */
const SHOWN_FOLDERS = ['usr/local', 'usr/share/doc', 'usr/src', 'var/cache/fontconfig', 'var/lib/libreoffice']

/**
 * Does what matters of the work of the packages' own scripts, which cannot run without root: LibreOffice's registry,
 * fontconfig's choices, and the caches of the linker and of fontconfig.
 * @throws AppError `step_failed`
 */
export async function doScriptsWork(tree: string, signal?: AbortSignal): Promise<void> {
  for (const name of SHOWN_FOLDERS) mkdirSync(join(tree, name), { recursive: true })
  const registry = join(tree, 'usr/lib/libreoffice/share/.registry')
  if (existsSync(registry))
    cpSync(registry, join(tree, 'etc/libreoffice/registry'), { recursive: true, verbatimSymlinks: true })
  linkFontChoices(tree)
  // As in the sandbox, because both caches contain paths.
  const inside = [
    '--unshare-all',
    '--die-with-parent',
    '--bind',
    tree,
    '/',
    '--proc',
    '/proc',
    '--dev',
    '/dev',
  ]
  const make = ['/bin/sh', '-c', 'PATH=/usr/bin:/usr/sbin; ldconfig && fc-cache -s']
  await runProgram(join(tree, 'usr/bin/bwrap'), [...inside, ...make], { signal, name: 'bwrap' })
}

function linkFontChoices(tree: string): void {
  const offered = '/usr/share/fontconfig/conf.avail'
  for (const names of FONT_CHOICES) {
    const name = names.find(each => existsSync(join(tree, offered, each)))
    const link = name && join(tree, 'etc/fonts/conf.d', name)
    if (link && !existsSync(link)) symlinkSync(join(offered, name), link)
  }
}
