import { constants, lstatSync, realpathSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { AppError } from '#lib/vocabulary/errors.ts'
import { codeOf } from './durable.ts'

// Looks at names do not leave this thread: the kernel has them in memory and answers within microseconds, while the way
// through the pool of threads and back took ten times as long, and was a fifth of what a small upload cost.

/**
 * The path of a key's segments below `root` (itself a real path). A symlink among the folders on the way is
 * refused: it could lead anywhere.
 * @throws AppError `unsafe_key`
 */
export function pathBelow(root: string, segments: string[]): string {
  const path = join(root, ...segments)
  let folder = dirname(path)
  // What is not there yet will be made by us and can be no link: look at the deepest folder that exists.
  for (; folder !== root; folder = dirname(folder)) {
    const real = realPathOf(folder)
    if (real === folder) break
    if (real !== undefined) throw leadsOut(path)
  }
  return path
}

/** Size in bytes of a plain file; undefined for anything else. */
export function fileSizeOf(path: string): number | undefined {
  const found = statOf(path)
  return found?.isFile() ? found.size : undefined
}

/** Whether an error of the disk says that there is nothing at a path. */
export function isMissing(error: unknown): boolean {
  return codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR'
}

/**
 * Opens a file, but never what a link in its place points to.
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

/** Undefined where nothing is; a link that leads nowhere is somewhere else. */
function realPathOf(path: string): string | undefined {
  try {
    return realpathSync.native(path)
  } catch (error) {
    if (!isMissing(error)) throw error
    // A plain folder that is there now was made, or made again, a moment ago.
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
