import { NEEDS, packagesFor } from '../../bin/needs.js'

/** What a machine has besides the needs of a start, and what runs in the sandbox or makes the tree's caches. */
const OF_EVERY_MACHINE = ['bash', 'coreutils', 'dash', 'libc-bin', 'tzdata', 'util-linux']

/** The packages that the tree is made of, with everything that they depend on. */
export const TREE_PACKAGES: readonly string[] = [...packagesFor(NEEDS, 'debian'), ...OF_EVERY_MACHINE]

/**
 * Packages that others depend on only for their installation or for what a conversion never does. apt is told that they
 * are installed, so it brings neither them nor what only they need.
 */
export const LEFT_OUT_PACKAGES: readonly string[] = [
  ...['adduser', 'base-files', 'debconf', 'debianutils', 'dpkg', 'init-system-helpers', 'libcap2-bin'],
  ...['libpam-modules', 'libpam-runtime', 'lsb-base', 'mawk', 'passwd', 'readline-common', 'sensible-utils'],
  ...['sysvinit-utils', 'ucf', 'usrmerge', 'util-linux-extra', 'x11-common', 'xfonts-utils'],
  // Signatures of documents, names of languages in dialogs, the solver of sheets.
  ...['gnupg', 'iso-codes', 'perl', 'perl-base'],
  ...['coinor-libcbc3', 'coinor-libcbc3.1', 'coinor-libcoinmp0', 'coinor-libcoinmp1v5', 'lp-solve'],
]

/** Files that no conversion reads, as tar's patterns. */
export const LEFT_OUT_FILES: readonly string[] = [
  ...['applications', 'bash-completion', 'bug', 'doc', 'doc-base', 'gdb', 'icons', 'info', 'lintian'].map(
    name => `./usr/share/${name}`,
  ),
  ...['locale', 'man', 'menu', 'metainfo', 'mime', 'pixmaps', 'pkgconfig', 'X11', 'zsh'].map(
    name => `./usr/share/${name}`,
  ),
  './usr/lib/systemd',
  ...[
    'CREDITS.fodt',
    'LICENSE.html',
    'share/gallery',
    'share/template',
    'share/wizards',
    '*/notebookbar*',
  ].map(name => `./usr/lib/libreoffice/${name}`),
  ...['images_*_dark*', 'images_*_svg.zip', 'images_helpimg.zip'].map(
    name => `./usr/share/libreoffice/share/config/${name}`,
  ),
]
