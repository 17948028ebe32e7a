import { DatabaseSync } from 'node:sqlite'
import { ConfigError } from '#lib/config.ts'

/** SQLite's own number for “another connection has it”. */
const SQLITE_BUSY = 5

/**
 * Takes a lock that one process at a time has and that the system gives back when that process ends, however it ends.
 * Node cannot lock a file, but the SQLite that comes with it does; nothing is ever written into its file. Of several
 * that try at once exactly one gets it: IMMEDIATE takes one lock that excludes, where EXCLUSIVE takes two and may
 * refuse all of them.
 * @returns what gives the lock back; undefined while another has it
 * @throws ConfigError where the file cannot be locked
 */
export function takeLock(path: string): (() => void) | undefined {
  let database: DatabaseSync | undefined
  try {
    database = new DatabaseSync(path, { timeout: 0 })
    // In memory: one beside the file would outlive us, and the next ones would fight over reading it.
    database.exec('PRAGMA journal_mode = MEMORY; BEGIN IMMEDIATE')
    const taken = database
    return () => taken.close()
  } catch (error) {
    database?.close()
    const { errcode, message } = error as Error & { errcode?: number }
    if (errcode === SQLITE_BUSY) return undefined
    throw new ConfigError(
      `DATA_DIR cannot be locked at ${path} (${message}): choose a folder on a local disk that you may write to.`,
    )
  }
}
