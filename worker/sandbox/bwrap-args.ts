import type { Stats } from 'node:fs'
import type { OfficeInstallation } from './office-installation.ts'
import type { OwnFonts } from './own-fonts.ts'
import type { Tools } from './tools.ts'
import type { User } from './user.ts'

/** What one process in the sandbox may use. The time it may take is watched from outside. */
export interface ProcessLimits {
  addressSpaceBytes: number
  fileBytes: number
  openFiles: number
}

/** What the recipe needs to know of the machine. */
export interface Machine {
  tools: Tools
  office: OfficeInstallation
  user: User | undefined
  /** Fonts of the operator’s own, beside those of the machine. */
  ownFonts?: OwnFonts | undefined
  /** Folder of what fontconfig is told, in the place of the machine’s own settings. */
  fontRules?: string | undefined
  /** Whether bwrap knows `--disable-userns` (since 0.8); without it the system call filter alone forbids new ones. */
  disablesNamespaces: boolean
  /** Top folders that are real ones and not symbolic links into /usr. */
  realFolders: readonly string[]
}

const TOP_FOLDERS = ['bin', 'sbin', 'lib', 'lib32', 'lib64', 'libx32']
const SHOWN = [
  '/etc/fonts',
  '/etc/libreoffice',
  '/etc/alternatives',
  '/etc/ld.so.cache',
  '/etc/papersize',
  '/usr/local/share/fonts',
  '/var/cache/fontconfig',
  '/var/lib/libreoffice',
]
/** What lies under /usr but says more of this machine than a document need know. */
const MASKED = ['/usr/share/doc', '/usr/local', '/usr/src']

/** Where the slot's folder is seen from inside. */
export const INSIDE = '/tmp'

/** Where a folder of the slot is seen once more, by a name that says nothing: formulas may print it. */
export const DOCUMENTS = '/d/d'

/** What fontconfig takes for a person’s data folder, where it looks for `fonts`. */
export const OWN_DATA = '/own'

/** Where fontconfig is told to find its rules. */
export const FONT_RULES = '/font-rules'

/**
 * The words before a command that jail it: rights dropped, then a world of its own with nothing to write to but the
 * slot's folder. There is no /etc/passwd: nothing asks for one. `filter` is the number under which the process that
 * runs this holds the system call filter open.
 */
export function bwrapArgs(
  machine: Machine,
  options: {
    slot: string
    documents?: string | undefined
    filter: number
    environment: Readonly<Record<string, string>>
  },
): string[] {
  const { tools, office } = machine
  const masked = MASKED.filter(folder => !isBelow(office.root, folder))
  return [
    ...ownSession(tools),
    ...tiedToWorker(tools, machine.user ? userArgs(machine.user) : []),
    tools.bwrap ?? 'bwrap',
    '--unshare-all',
    '--unshare-user',
    ...(machine.disablesNamespaces ? ['--disable-userns'] : []),
    '--die-with-parent',
    '--new-session',
    ...['--cap-drop', 'ALL'],
    ...['--hostname', 'sandbox'],
    ...['--ro-bind', '/usr', '/usr'],
    ...topFolders(machine.realFolders),
    ...masked.flatMap(folder => ['--tmpfs', folder]),
    ...(isBelow(office.root, '/usr') ? [] : ['--ro-bind', office.root, office.root]),
    ...SHOWN.flatMap(path => ['--ro-bind-try', path, path]),
    ...(machine.ownFonts ? ['--ro-bind-try', machine.ownFonts.folder, `${OWN_DATA}/fonts`] : []),
    ...(machine.fontRules ? ['--ro-bind', machine.fontRules, FONT_RULES] : []),
    ...office.hidden.flatMap(path => ['--ro-bind', '/dev/null', path]),
    ...['--proc', '/proc', '--dev', '/dev'],
    ...['--bind', options.slot, INSIDE, '--chdir', INSIDE],
    ...(options.documents ? ['--bind', options.documents, DOCUMENTS] : []),
    // What bwrap made itself lies in memory: whoever could write there could use up the machine's.
    ...['/', '/dev', ...masked].flatMap(folder => ['--remount-ro', folder]),
    '--clearenv',
    ...Object.entries(options.environment).flatMap(([name, value]) => ['--setenv', name, value]),
    ...['--seccomp', String(options.filter)],
    '--',
  ]
}

/** The same for SANDBOX=off: a session of its own that dies with the worker, nothing else. */
export function bareArgs(machine: Machine, environment: Readonly<Record<string, string>>): string[] {
  return [
    ...ownSession(machine.tools),
    ...tiedToWorker(machine.tools, userArgs(machine.user)),
    ...['/usr/bin/env', '-i', ...Object.entries(environment).map(([name, value]) => `${name}=${value}`)],
  ]
}

/** Limits that the kernel keeps for each process. No `--cpu`: it would count over a process's whole life. */
export function limitArgs({ prlimit }: Tools, limits: ProcessLimits): string[] {
  if (!prlimit) return []
  const { addressSpaceBytes, fileBytes, openFiles } = limits
  return [
    prlimit,
    `--as=${addressSpaceBytes}`,
    `--fsize=${fileBytes}`,
    `--nofile=${openFiles}`,
    '--core=0',
    '--',
  ]
}

/** Which of the top folders bwrap must show as they are. `statOf` gives undefined for what is not there. */
export function realFoldersOf(statOf: (path: string) => Stats | undefined): string[] {
  return TOP_FOLDERS.filter(name => statOf(`/${name}`)?.isDirectory())
}

function topFolders(realFolders: readonly string[]): string[] {
  return TOP_FOLDERS.flatMap(name =>
    realFolders.includes(name)
      ? ['--ro-bind', `/${name}`, `/${name}`]
      : ['--symlink', `usr/${name}`, `/${name}`],
  )
}

/** Ctrl-C at the worker's terminal must not reach the engine: the worker decides what is finished first. */
function ownSession({ setsid }: Tools): string[] {
  return setsid ? [setsid] : []
}

/** Runs the command, without the shell's own variables, if its parent still is the worker (the first word). */
const STILL_MINE = 'test "$PPID" = "$0" || exit 1; exec /usr/bin/env -i "$@"'

/**
 * Dies with the worker, and first becomes `rights`: root inside a user namespace would still own its files as root
 * outside. The kernel forgets to tell of a death that came before the request, and bwrap's own --die-with-parent
 * does not look: a worker killed in those milliseconds left an engine running for good.
 */
function tiedToWorker({ setpriv }: Tools, rights: string[]): string[] {
  if (!setpriv) return []
  return [setpriv, '--pdeathsig', 'KILL', ...rights, '--', '/bin/sh', '-c', STILL_MINE, String(process.pid)]
}

function userArgs(user: User | undefined): string[] {
  const rights = user
    ? ['--reuid', String(user.uid), '--regid', String(user.gid), '--clear-groups', '--inh-caps=-all']
    : []
  return [...rights, '--no-new-privs']
}

function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`)
}
