import { createHash } from 'node:crypto'
import { statSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Where the things of one DATA_DIR lie. Launcher and worker compute the same from the same DATA_DIR. */
export interface DataPaths {
  dataDir: string
  secrets: string
  instance: string
  /** Folder that users without rights may pass through: DATA_DIR, or one outside when a parent is closed to them. */
  open: string
  database: string
  databaseLog: string
  slots: string
  /** Whether `open` lies outside DATA_DIR. */
  outside: boolean
}

/** Root-owned and open to pass through. */
const OUTSIDE = '/var/lib/nightshift'

/**
 * As root, PostgreSQL and the sandbox run without root's rights and cannot pass through a closed parent such as
 * /root (0700). Opening a parent is not ours to do, so their things go elsewhere.
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
    slots: join(open, 'slots'),
    outside,
  }
}

/** Whether some folder on the way to `path`, or `path` itself, may not be passed by other users. What is not there yet is open. */
export function isClosed(path: string): boolean {
  for (let folder = path; ; folder = dirname(folder)) {
    const mode = statSync(folder, { throwIfNoEntry: false })?.mode
    if (mode !== undefined && (mode & 0o001) === 0) return true
    if (folder === dirname(folder)) return false
  }
}
