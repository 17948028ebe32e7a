import type { Stats } from 'node:fs'
import type { OfficeInstallation } from './office-installation.ts'
import type { OwnFonts } from './own-fonts.ts'
import type { Tools } from './tools.ts'
import type { User } from './user.ts'

/** The kernel limits of one process in the sandbox. The watchdog limits time from outside. */
export interface ProcessLimits {
  addressSpaceBytes: number
  fileBytes: number
  openFiles: number
  /** Of one user, threads included; unset: not limited. Only useful where each slot has its own user. */
  processes?: number | undefined
}

/** The properties of the machine that the arguments depend on. */
export interface Machine {
  /** The folder of the system that the sandbox shows instead of the machine's. */
  tree?: string | undefined
  tools: Tools
  office: OfficeInstallation
  user: User | undefined
  /** The operator’s own fonts, beside those of the machine. */
  ownFonts?: OwnFonts | undefined
  /** The folder of fontconfig's configuration, which replaces the machine’s own. */
  fontRules?: string | undefined
  /**
   * Whether bwrap supports `--disable-userns` (since 0.8); without it only the system call filter forbids new
   * namespaces.
   */
  disablesNamespaces: boolean
  /** Top folders that are real ones and not symbolic links into /usr. */
  realFolders: readonly string[]
}

const TOP_FOLDERS = ['bin', 'sbin', 'lib', 'lib32', 'lib64', 'libx32']
export const SHOWN = [
  '/etc/fonts',
  '/etc/libreoffice',
  '/etc/alternatives',
  '/etc/ld.so.cache',
  '/etc/papersize',
  '/usr/local/share/fonts',
  '/var/cache/fontconfig',
  '/var/lib/libreoffice',
]
/** Folders below /usr with information about this machine that a document need not see. */
export const MASKED = ['/usr/share/doc', '/usr/local', '/usr/src']

/** The path of the slot's folder inside. */
export const INSIDE = '/tmp'

/** The second mount of a slot's folder, with a meaningless name, because formulas may print it. */
export const DOCUMENTS = '/d/d'

/** The user's data folder for fontconfig, where it looks for `fonts`. */
export const OWN_DATA = '/own'

/** The folder of fontconfig's rules. */
export const FONT_RULES = '/font-rules'

/**
 * The arguments before a sandboxed command: they drop all rights and build a filesystem in which only the slot's folder
 * is writable. There is no /etc/passwd, because nothing reads it. `filter` is the file descriptor of the system call
 * filter in the calling process.
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
  const { tools, office, tree = '' } = machine
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
    ...['--ro-bind', `${tree}/usr`, '/usr'],
    ...topFolders(machine),
    ...masked.flatMap(folder => ['--tmpfs', folder]),
    ...(isBelow(office.root, '/usr') ? [] : ['--ro-bind', tree + office.root, office.root]),
    ...SHOWN.flatMap(path => ['--ro-bind-try', tree + path, path]),
    ...(machine.ownFonts ? ['--ro-bind-try', machine.ownFonts.folder, `${OWN_DATA}/fonts`] : []),
    ...(machine.fontRules ? ['--ro-bind', machine.fontRules, FONT_RULES] : []),
    ...office.hidden.flatMap(path => ['--ro-bind', '/dev/null', path]),
    ...['--proc', '/proc', '--dev', '/dev'],
    ...['--bind', options.slot, INSIDE, '--chdir', INSIDE],
    ...(options.documents ? ['--bind', options.documents, DOCUMENTS] : []),
    // Folders that bwrap created are in memory: writing to them could exhaust the machine's memory.
    ...['/', '/dev', ...masked].flatMap(folder => ['--remount-ro', folder]),
    '--clearenv',
    ...Object.entries(options.environment).flatMap(([name, value]) => ['--setenv', name, value]),
    ...['--seccomp', String(options.filter)],
    '--',
  ]
}

/** The same without bubblewrap: only a new session that dies with the worker and runs as `user`. */
export function bareArgs(
  { tools, user }: Pick<Machine, 'tools' | 'user'>,
  environment: Readonly<Record<string, string>>,
): string[] {
  return [
    ...ownSession(tools),
    ...tiedToWorker(tools, userArgs(user)),
    ...['/usr/bin/env', '-i', ...Object.entries(environment).map(([name, value]) => `${name}=${value}`)],
  ]
}

/** Kernel limits of each process. No `--cpu`, because it would count over a process's whole life. */
export function limitArgs({ prlimit }: Tools, limits: ProcessLimits): string[] {
  if (!prlimit) return []
  const { addressSpaceBytes, fileBytes, openFiles, processes } = limits
  return [
    prlimit,
    `--as=${addressSpaceBytes}`,
    `--fsize=${fileBytes}`,
    `--nofile=${openFiles}`,
    ...(processes === undefined ? [] : [`--nproc=${processes}`]),
    '--core=0',
    '--',
  ]
}

/** The top folders that bwrap must mount unchanged. `statOf` returns undefined for a missing one. */
export function realFoldersOf(statOf: (path: string) => Stats | undefined): string[] {
  return TOP_FOLDERS.filter(name => statOf(`/${name}`)?.isDirectory())
}

function topFolders({ realFolders, tree = '' }: Machine): string[] {
  return TOP_FOLDERS.flatMap(name =>
    realFolders.includes(name)
      ? ['--ro-bind', `${tree}/${name}`, `/${name}`]
      : ['--symlink', `usr/${name}`, `/${name}`],
  )
}

/** A Ctrl-C in the worker's terminal must not reach the engine: the worker decides what finishes first. */
function ownSession({ setsid }: Tools): string[] {
  return setsid ? [setsid] : []
}

/** Runs the command, without the shell's own variables, if its parent still is the worker (the first word). */
const STILL_MINE = 'test "$PPID" = "$0" || exit 1; exec /usr/bin/env -i "$@"'

/**
 * Ends with the worker, and first switches to `rights`, because root inside a user namespace would still own its files
 * as root outside. The kernel does not report a death that came before the request, and bwrap's own --die-with-parent
 * does not check for it: a worker killed in those milliseconds left an engine running.
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

/** Whether a path is a folder or in it. */
export function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`)
}
