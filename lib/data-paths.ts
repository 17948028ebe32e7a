import { createHash } from 'node:crypto'
import { statSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The paths of everything in one DATA_DIR. Launcher and worker compute the same paths from the same DATA_DIR. */
export interface DataPaths {
  dataDir: string
  secrets: string
  instance: string
  /** A folder that unprivileged users can enter: DATA_DIR, or one outside when a parent is closed to them. */
  open: string
  database: string
  databaseLog: string
  /** The logs of the processes, as JSON. */
  logs: string
  /** A filled profile of LibreOffice, kept for the next start. */
  profile: string
  slots: string
  /** Whether `open` lies outside DATA_DIR. */
  outside: boolean
}

/** Owned by root, and every user can enter it. */
const OUTSIDE = '/var/lib/nightshift'

/**
 * As root, PostgreSQL and the sandbox run without root's rights and cannot enter a closed parent such as /root (0700).
 * Nightshift does not change the mode of a parent, so their files go elsewhere.
 */
export function dataPathsOf(dataDir: string, isRoot = process.getuid?.() === 0): DataPaths {
  const outside = isRoot && isClosed(dataDir)
  const open = outside
    ? join(OUTSIDE, createHash('sha256').update(dataDir).digest('hex').slice(0, 16))
    : dataDir
  return {
    dataDir,
    secrets: join(dataDir, 'secrets.json'),
    instance: join(dataDir, 'instance.json'),
    open,
    database: join(open, 'database'),
    databaseLog: join(dataDir, 'database.log'),
    logs: join(dataDir, 'logs'),
    profile: join(dataDir, 'profile'),
    slots: join(open, 'slots'),
    outside,
  }
}

/** Whether other users are kept out of `path` or a folder above it. A path that does not exist yet is open. */
export function isClosed(path: string): boolean {
  for (let folder = path; ; folder = dirname(folder)) {
    const mode = statSync(folder, { throwIfNoEntry: false })?.mode
    if (mode !== undefined && (mode & 0o001) === 0) return true
    if (folder === dirname(folder)) return false
  }
}
