import { lstatSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { isBelow, MASKED, type Machine, SHOWN } from './bwrap-args.ts'

// The kernel's LANDLOCK_ACCESS_FS_* values.
const EXECUTE = 1 << 0
const WRITE_FILE = 1 << 1
const READ_FILE = 1 << 2
const READ_FOLDER = 1 << 3
const REMOVE = (1 << 4) | (1 << 5)
const MAKE_FOLDER_FILE_SOCKET = (1 << 7) | (1 << 8) | (1 << 9)
const MOVE = 1 << 13
const SHORTEN = 1 << 14

const READ = EXECUTE | READ_FILE | READ_FOLDER
/** Nothing in a slot is executed, and no link, pipe or device is made there. */
const SLOT = WRITE_FILE | READ_FILE | READ_FOLDER | REMOVE | MAKE_FOLDER_FILE_SOCKET | MOVE | SHORTEN

/**
 * Read besides what bubblewrap shows: LibreOffice ends where its folder of extensions is there and cannot be read, and
 * bubblewrap has a /proc of its own.
 */
const ALSO_READ = ['/var/spool/libreoffice', '/etc/nsswitch.conf', '/proc/filesystems']
const DEVICES = ['/dev/null', '/dev/zero', '/dev/random', '/dev/urandom']

/** The rule of a slot's folder, as a line of the rules. */
export const slotRule = (slot: string) => `${SLOT} ${slot}`

/** Rights on what processes of the sandbox may read, as lines for `landlock.pl`. */
export function landlockRules({ office, realFolders, ownFonts, fontRules }: Machine): string {
  const hidden = [...MASKED.filter(folder => !isBelow(office.root, folder)), ...office.hidden]
  const folders = ['/usr', ...realFolders.map(name => `/${name}`), office.root, ...SHOWN, ...ALSO_READ]
  const own = [ownFonts?.folder, ownFonts?.dataFolder, fontRules].filter(path => path !== undefined)
  return [
    ...[...new Set(folders)].flatMap(path => allBut(hidden, path)),
    ...own.map(path => `${READ_FILE | READ_FOLDER} ${path}`),
    ...DEVICES.map(path => `${READ_FILE | WRITE_FILE} ${path}`),
    '',
  ].join('\n')
}

/**
 * Rights below `path` except for `hidden`: Landlock has no exceptions, so a folder with something hidden gets rules for
 * each of its entries instead. Links are left out, because a rule is for what they lead to.
 */
function allBut(hidden: readonly string[], path: string): string[] {
  if (hidden.includes(path)) return []
  const within = hidden.filter(other => isBelow(other, path))
  if (within.length === 0) return [`${READ} ${path}`]
  if (!lstatSync(path, { throwIfNoEntry: false })?.isDirectory()) return []
  return readdirSync(path, { withFileTypes: true })
    .filter(entry => !entry.isSymbolicLink() && !entry.name.includes('\n'))
    .flatMap(entry => allBut(within, join(path, entry.name)))
}
