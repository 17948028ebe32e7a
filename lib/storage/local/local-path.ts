import { constants, lstatSync, realpathSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { AppError } from '#lib/vocabulary/errors.ts'
import { codeOf } from './durable.ts'

// File names are checked synchronously: the kernel has them in memory and answers within microseconds, while the thread
// pool took ten times as long, a fifth of the cost of a small upload.

/**
 * The path of a key's segments below `root` (itself a real path). A symlink among the folders on the way is refused,
 * because it could lead anywhere.
 * @throws AppError `unsafe_key`
 */
export function pathBelow(root: string, segments: string[]): string {
  const path = join(root, ...segments)
  let folder = dirname(path)
  // Folders that do not exist yet are made by this process and cannot be links, so the deepest existing folder is
  // checked.
  for (; folder !== root; folder = dirname(folder)) {
    const real = realPathOf(folder)
    if (real === folder) break
    if (real !== undefined) throw leadsOut(path)
  }
  return path
}

/** The size in bytes of a plain file; undefined for anything else. */
export function fileSizeOf(path: string): number | undefined {
  const found = statOf(path)
  return found?.isFile() ? found.size : undefined
}

/** Whether a disk error means that nothing exists at a path. */
export function isMissing(error: unknown): boolean {
  return codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR'
}

/**
 * Opens a file and never follows a link in its place.
 * @throws AppError `unsafe_key`; the disk's own errors
 */
export async function openNoLink(path: string, flags: number): Promise<FileHandle> {
  return open(path, flags | constants.O_NOFOLLOW, 0o600).catch(error => {
    throw codeOf(error) === 'ELOOP' ? leadsOut(path) : error
  })
}

function leadsOut(path: string): AppError {
  return new AppError('unsafe_key', { log: `${path} is a link or leads through one` })
}

/** Undefined where nothing exists; a dangling link resolves to another path. */
function realPathOf(path: string): string | undefined {
  try {
    return realpathSync.native(path)
  } catch (error) {
    if (!isMissing(error)) throw error
    // A plain folder that exists now was created a moment ago.
    return statOf(path)?.isSymbolicLink() ? '' : undefined
  }
}

function statOf(path: string) {
  try {
    return lstatSync(path, { throwIfNoEntry: false })
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}
