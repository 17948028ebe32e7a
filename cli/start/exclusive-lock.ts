import { DatabaseSync } from 'node:sqlite'
import { ConfigError } from '#lib/config.ts'

/** SQLite's own number for “another connection has it”. */
const SQLITE_BUSY = 5

/**
 * Takes a lock that one process at a time has and the system gives back when that process ends, however it ends. Node
 * cannot lock a file, but the SQLite that comes with it does; nothing is ever written into its file.
 * @returns what gives the lock back; undefined where another has it
 * @throws ConfigError where the file system knows no locks
 */
export function takeLock(path: string): (() => void) | undefined {
  const database = new DatabaseSync(path, { timeout: 0 })
  try {
    // In memory, so that no journal lies beside it.
    database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE')
    return () => database.close()
  } catch (error) {
    database.close()
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return undefined
    throw new ConfigError(
      `DATA_DIR cannot be locked at ${path} (${(error as Error).message}): choose a folder on a local disk that you may write to.`,
    )
  }
}
