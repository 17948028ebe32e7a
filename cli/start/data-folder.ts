import { chmodSync, existsSync, mkdirSync, renameSync } from 'node:fs'
import { dirname } from 'node:path'
import { type DataPaths, dataPathsOf } from '#lib/data-paths.ts'
import type { Steps } from './steps.ts'

/**
 * Makes DATA_DIR, and the folder outside of it where one is needed. As root both may be passed through by users
 * without rights (the database's, the sandbox's), who can read nothing there but their own.
 */
export function prepareFolders(dataDir: string): DataPaths {
  makeFolder(dataDir)
  // Asked when it is there: under a strict umask new parents are closed too, and the worker will see the same.
  const paths = dataPathsOf(dataDir)
  if (paths.outside) for (const folder of [dirname(paths.open), paths.open]) makeFolder(folder)
  return paths
}

function makeFolder(folder: string): void {
  if (existsSync(folder)) return
  const mode = process.getuid?.() === 0 ? 0o711 : 0o700
  mkdirSync(folder, { recursive: true, mode })
  chmodSync(folder, mode) // whatever the umask
}

/** A database outside outlives a deleted DATA_DIR, but nothing in it fits the new one: it is put aside. */
export function putForeignDatabaseAside(paths: DataPaths, steps: Steps): void {
  if (!existsSync(paths.database)) return
  const aside = `${paths.database}.${new Date().toISOString().replaceAll(':', '')}`
  renameSync(paths.database, aside)
  steps.print(`  · The database of an earlier DATA_DIR was put aside: ${aside}`)
}
