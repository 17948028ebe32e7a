import { chmodSync, cpSync } from 'node:fs'
import { chmod, readdir, rm, unlink } from 'node:fs/promises'
import { join } from 'node:path'

/** Deletes the content of a folder, including folders that a hostile process made inaccessible, except the `kept` paths. */
export async function emptyFolder(folder: string, kept: ReadonlySet<string> = new Set()): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true })
  const removed = entries.map(entry => {
    const path = join(folder, entry.name)
    if (kept.has(path)) return undefined
    return entry.isDirectory() ? removeFolder(path) : unlink(path).catch(() => removeFolder(path))
  })
  await Promise.all(removed)
}

/**
 * Deletes a folder, including folders that a hostile process made inaccessible: without root, a folder of mode 000
 * cannot be emptied.
 */
export async function removeFolder(path: string): Promise<void> {
  const options = { recursive: true, force: true, maxRetries: 5 }
  await rm(path, options).catch(async () => {
    await openUp(path)
    await rm(path, options)
  })
}

async function openUp(folder: string): Promise<void> {
  await chmod(folder, 0o700).catch(() => {})
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  for (const entry of entries) if (entry.isDirectory()) await openUp(join(folder, entry.name))
}

/**
 * Copies a folder of some hundred small files to `to`, which does not exist, and lets only its owner enter it. It is
 * synchronous, because awaiting each file takes ten times as long, also of the processor.
 */
export function copyFolder(from: string, to: string): void {
  cpSync(from, to, { recursive: true })
  // Unlike `cp`, it does not copy the modes of folders.
  chmodSync(to, 0o700)
}
