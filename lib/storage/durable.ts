/** What it takes on a local disk until bytes and names survive a power cut. */
import { mkdir, open, rename, rmdir } from 'node:fs/promises'
import { dirname } from 'node:path'

const NAME_TRIES = 10

/** Makes a file's entry in its folder survive a power cut; the file's own fsync does not do that. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

/** Runs `action` with the parent folder of `path` there, durably: a delete beside us may prune it in between. */
export async function withParent<T>(path: string, action: () => Promise<T>): Promise<T> {
  const folder = dirname(path)
  for (let tries = 1; ; tries++) {
    try {
      const firstMade = await mkdir(folder, { recursive: true, mode: 0o700 })
      if (firstMade) await syncUpwards(folder, dirname(firstMade))
      return await action()
    } catch (error) {
      if (codeOf(error) !== 'ENOENT' || tries === NAME_TRIES) throw error
    }
  }
}

/** Gives a finished file its name: both its bytes and its name are on the disk when this returns. */
export async function publish(partial: string, path: string): Promise<void> {
  await withParent(path, () => rename(partial, path))
  await syncFolder(dirname(path))
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

async function syncUpwards(from: string, to: string): Promise<void> {
  for (let at = from; ; at = dirname(at)) {
    // Pruned again in the meantime: the caller's retry makes it anew.
    await syncFolder(at).catch(error => {
      if (codeOf(error) !== 'ENOENT') throw error
    })
    if (at === to) return
  }
}
