import { chmodSync, existsSync, mkdirSync, renameSync } from 'node:fs'
import { dirname } from 'node:path'
import { type DataPaths, dataPathsOf } from '#lib/data-paths.ts'
import type { Steps } from './steps.ts'

/**
 * Creates DATA_DIR, and the folder outside it where one is needed. As root, both can be entered by unprivileged users
 * (the database's, the sandbox's), who can read only their own files there.
 */
export function prepareFolders(dataDir: string): DataPaths {
  makeFolder(dataDir)
  // Computed after DATA_DIR exists: under a strict umask new parents are closed too, and the worker must compute the
  // same paths.
  const paths = dataPathsOf(dataDir)
  if (paths.outside) for (const folder of [dirname(paths.open), paths.open]) makeFolder(folder)
  return paths
}

function makeFolder(folder: string): void {
  if (existsSync(folder)) return
  const mode = process.getuid?.() === 0 ? 0o711 : 0o700
  mkdirSync(folder, { recursive: true, mode })
  chmodSync(folder, mode) // Regardless of the umask.
}

/** A database outside survives a deleted DATA_DIR but does not belong to a new one, so it is moved aside. */
export function putForeignDatabaseAside(paths: DataPaths, steps: Steps): void {
  if (!existsSync(paths.database)) return
  const aside = `${paths.database}.${new Date().toISOString().replaceAll(':', '')}`
  renameSync(paths.database, aside)
  steps.print(`  · The database of an earlier DATA_DIR was put aside: ${aside}`)
}
