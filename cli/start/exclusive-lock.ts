import { DatabaseSync } from 'node:sqlite'
import { ConfigError } from '#lib/config.ts'

/** SQLite's code for a lock held by another connection. */
const SQLITE_BUSY = 5

/**
 * Takes an exclusive lock that the system releases when this process ends for any reason. Node cannot lock a file, but
 * its built-in SQLite does; nothing is ever written into the file. Of several concurrent attempts exactly one succeeds:
 * IMMEDIATE takes one exclusive lock, where EXCLUSIVE takes two and may refuse all.
 * `what` is the folder's name for users.
 * @returns a function that releases the lock; undefined while another process holds it
 * @throws ConfigError where the file cannot be locked
 */
export function takeLock(path: string, what = 'DATA_DIR'): (() => void) | undefined {
  let database: DatabaseSync | undefined
  try {
    database = new DatabaseSync(path, { timeout: 0 })
    // In memory: a journal file would survive this process, and the next ones would contend for reading it.
    database.exec('PRAGMA journal_mode = MEMORY; BEGIN IMMEDIATE')
    const taken = database
    return () => taken.close()
  } catch (error) {
    database?.close()
    const { errcode, message } = error as Error & { errcode?: number }
    if (errcode === SQLITE_BUSY) return undefined
    throw new ConfigError(
      `${what} cannot be locked at ${path} (${message}): choose a folder on a local disk that you may write to.`,
    )
  }
}
