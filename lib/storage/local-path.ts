import { constants } from 'node:fs'
import { type FileHandle, lstat, open, realpath } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { AppError } from '#lib/errors.ts'
import { codeOf } from './durable.ts'

/**
 * The path of a key's segments below `root` (itself a real path). A symlink among the folders on the way is
 * refused: it could lead anywhere.
 * @throws AppError `unsafe_key`
 */
export async function pathBelow(root: string, segments: string[]): Promise<string> {
  const path = join(root, ...segments)
  let folder = dirname(path)
  // What is not there yet will be made by us and can be no link: look at the deepest folder that exists.
  for (; folder !== root; folder = dirname(folder)) {
    const real = await realPathOf(folder)
    if (real === folder) break
    if (real !== undefined) throw leadsOut(path)
  }
  return path
}

/** Size in bytes of a plain file; undefined for anything else. */
export async function sizeOf(path: string): Promise<number | undefined> {
  const found = await look(path)
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
async function realPathOf(path: string): Promise<string | undefined> {
  try {
    return await realpath(path)
  } catch (error) {
    if (!isMissing(error)) throw error
    return (await look(path)) && ''
  }
}

async function look(path: string) {
  try {
    return await lstat(path)
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}
