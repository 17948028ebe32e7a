/** What it takes on a local disk until bytes and names survive a power cut. */
import { existsSync } from 'node:fs'
import { mkdir, rename, rmdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { FolderSync } from './folder-sync.ts'

const NAME_TRIES = 10

/** Runs `action` with the parent folder of `path` there: a delete beside us may prune it in between. */
export async function withParent<T>(
  path: string,
  action: () => Promise<T>,
): Promise<{ done: T; firstMade: string | undefined }> {
  const folder = dirname(path)
  let firstMade: string | undefined
  for (let tries = 1; ; tries++) {
    try {
      if (!existsSync(folder))
        firstMade = (await mkdir(folder, { recursive: true, mode: 0o700 })) ?? firstMade
      return { done: await action(), firstMade }
    } catch (error) {
      if (codeOf(error) !== 'ENOENT' || tries === NAME_TRIES) throw error
    }
  }
}

/** Gives a finished file its name: both its bytes and its name are on the disk when this returns. */
export async function publishFile(partial: string, path: string, folders: FolderSync): Promise<void> {
  const { firstMade } = await withParent(path, () => rename(partial, path))
  await folders.syncUpwards(dirname(path), firstMade ? dirname(firstMade) : dirname(path))
}

/** Removes the folders from `folder` up to, but not including, `root`, as long as they are empty. */
export async function pruneUpwards(folder: string, root: string): Promise<void> {
  for (let at = folder; at !== root && at.startsWith(root); at = dirname(at)) {
    try {
      await rmdir(at)
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') return
    }
  }
}

export function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException | undefined)?.code
}
